/// The packed weight file, format version 2.
///
/// One file holds everything a model needs: the configuration files as they were published, the tokenizer and the weights
/// in the layout of the kernels, so that it is used where it is mapped. All integers are little-endian.
///
/// A packed file never changes: it is written under another name and then renamed, so that nobody sees a part of it, and who
/// has the one mapped that had the name before keeps that. To change the bytes of a mapped file breaks whoever uses it.
///
/// | offset | bytes | |
/// | ---: | ---: | --- |
/// | 0 | 8 | `44 52 41 47 4F 4D 41 4E`, "DRAGOMAN" |
/// | 8 | 4 | format version: 2 |
/// | 12 | 4 | byte count *H* of the header |
/// | 16 | 8 | byte count of the whole file |
/// | 24 | 8 | zero |
/// | 32 | 32 | contents digest: SHA-256 of everything from offset 96 to the end of the file |
/// | 64 | 32 | header digest: SHA-256 of the bytes 0 to 63 and of the header |
/// | 96 | *H* | header: JSON in UTF-8 |
///
/// Behind the header lie the sections. Each begins at a multiple of 64, those of 1 MiB and more at a multiple of 4,096, in the
/// order of the header's entries; the bytes between them are zero. The last section ends the file.
///
/// The header is one object:
///
/// - `model`: the name of the checkpoint; `precision`: what it was converted to; `source_digest`: the checkpoint's digest;
///   `producer`: who wrote the file. All strings.
/// - `files`: array of `{"name", "offset", "size"}`: files of the checkpoint, byte for byte.
/// - `vocabulary`, where not all tokens were kept: `{"offset", "size"}` of the ids of those that were, 32-bit integers in
///   ascending order. The token embedding and the output projection then have a row for each of these alone.
/// - `tensors`: array of `{"name", "shape", "storage", "offset", "size"}` and, for quantised storage, `"scales_offset"` and
///   `"scales_size"`. Offsets are from the start of the file.
///
/// Storage of a tensor:
///
/// - `f32`: IEEE 754 binary32, row-major.
/// - `panels-f32`, `panels-bf16`, `panels-int8`, `panels-int8-group32`: a matrix of shape `[N, K]`, for products with rows of
///   *K* inputs. Columns of the product come in panels of 32, *N* rounded up; a panel is a sequence of steps of 128 bytes, in
///   each of which every column has 4 bytes: one binary32, two bfloat16 or four 8-bit weights, for consecutive inputs, *K*
///   rounded up. An 8-bit weight *q* from -127 to 127 is stored as *q* + 128. What is rounded up is zero.
/// - A convolution of shape `[N, C, T]` (outputs, input channels, taps) is in the same storages the matrix of *N* columns and
///   *K* = *T* · *C* inputs, of which input *t* · *C* + *c* is channel *c* at tap *t*.
/// - Scales are bfloat16. `panels-int8` has one for each column, panels rounded up; `panels-int8-group32` has for each panel
///   and each group of 32 inputs, *K* rounded up, one for each of the 32 columns. A weight is its *q* times its scale.
///
/// Tensors bear the checkpoint's names and shapes, but for the positional convolution, whose weight normalisation is folded:
/// `encoder.encoder.pos_conv_embed.conv.weight.G` for each group *G* is a convolution from the group's channels to
/// themselves.
enum PackedFormat {
    static let magic = Array("DRAGOMAN".utf8)
    static let version: UInt32 = 2
    /// Bytes before the header.
    static let prologueByteCount = 96
    /// Far more than the tensors of any checkpoint need.
    static let maximumHeaderByteCount = 64 << 20

    /// Where a section of so many bytes may begin at the earliest.
    static func align(_ offset: Int, byteCount: Int) -> Int? {
        let alignment = byteCount >= 1 << 20 ? 4096 : 64
        return CheckedArithmetic.sum(offset, alignment - 1).map { $0 / alignment * alignment }
    }
}
