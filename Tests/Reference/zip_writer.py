"""A ZIP archive as torch.save writes it: stored entries, aligned data, sizes behind the data, ZIP64 where needed."""

import struct
import zlib


class TorchZipWriter:
    """Entries are streamed, so that an archive may be larger than memory."""

    def __init__(self, path, root="pytorch_model"):
        self.file = open(path, "wb", buffering=1 << 20)
        self.root = root
        self.entries = []

    def add(self, name, chunks, align=64):
        """Writes an entry from an iterable of byte strings (or arrays)."""
        name = f"{self.root}/{name}".encode()
        start = self.file.tell()
        padding = -(start + 30 + len(name) + 4) % align
        extra = b"FB" + struct.pack("<H", padding) + b"Z" * padding
        # Bit 3: sizes and checksum follow the data; bit 11: the name is UTF-8.
        self.file.write(struct.pack("<4s5H3L2H", b"PK\3\4", 0, 0x0808, 0, 0, 0, 0, 0, 0, len(name), len(extra)))
        self.file.write(name + extra)
        checksum = size = 0
        for chunk in chunks:
            view = memoryview(chunk).cast("B")
            checksum, size = zlib.crc32(view, checksum), size + len(view)
            self.file.write(view)
        if size >= 0xFFFFFFFF:
            self.file.write(struct.pack("<4sLQQ", b"PK\7\x08", checksum, size, size))
        else:
            self.file.write(struct.pack("<4sLLL", b"PK\7\x08", checksum, size, size))
        self.entries.append((name, start, size, checksum))

    def close(self):
        directory = self.file.tell()
        for name, start, size, checksum in self.entries:
            large = [value for value in (size, size, start) if value >= 0xFFFFFFFF]
            extra = struct.pack("<HH", 1, 8 * len(large)) + struct.pack(f"<{len(large)}Q", *large) if large else b""
            small, offset = min(size, 0xFFFFFFFF), min(start, 0xFFFFFFFF)
            numbers = (0, 0, 0x0808, 0, 0, 0, checksum, small, small, len(name), len(extra), 0, 0, 0, 0, offset)
            self.file.write(struct.pack("<4s6H3L5H2L", b"PK\1\2", *numbers) + name + extra)
        end = self.file.tell()
        count = len(self.entries)
        record = (b"PK\6\6", 44, 45, 45, 0, 0, count, count, end - directory, directory)
        self.file.write(struct.pack("<4sQ2H2L4Q", *record))
        self.file.write(struct.pack("<4sLQL", b"PK\6\7", 0, end, 1))
        count16, length, offset = min(count, 0xFFFF), end - directory, min(directory, 0xFFFFFFFF)
        self.file.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count16, count16, length, offset, 0))
        self.file.close()
