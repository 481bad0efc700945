#if canImport(Glibc)
import Glibc
#endif

extension SystemError {
    /// Whether the same call may well succeed later: a storage or network fault, or a resource that ran out.
    public var isTransient: Bool {
        switch errorNumber {
        case EIO, EAGAIN, EBUSY, EINTR, ESTALE, ETIMEDOUT, ECONNRESET, ECONNREFUSED, ECONNABORTED, ENETDOWN,
            ENETUNREACH, ENETRESET, EHOSTDOWN, EHOSTUNREACH, ENOTCONN, EREMOTEIO, ENOLCK:
            true
        default:
            isExhaustion
        }
    }

    /// Whether the machine ran out of something: memory, disk, quota, or descriptors.
    public var isExhaustion: Bool {
        switch errorNumber {
        case ENOMEM, ENOSPC, EDQUOT, ENFILE, EMFILE, ENOBUFS: true
        default: false
        }
    }
}
