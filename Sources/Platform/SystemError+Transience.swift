#if canImport(Glibc)
import Glibc
#endif

extension SystemError {
    /// Whether the same call may well succeed later: a storage or network fault, or a resource that ran out.
    public var isTransient: Bool {
        switch errorNumber {
        case EIO, EAGAIN, EBUSY, EINTR, ENOMEM, ENFILE, EMFILE, ESTALE, ETIMEDOUT, ECONNRESET, ENETDOWN, ENETUNREACH,
            EHOSTDOWN, EHOSTUNREACH, ENOTCONN, EREMOTEIO:
            true
        default:
            false
        }
    }
}
