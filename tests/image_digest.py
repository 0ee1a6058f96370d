"""The two hashes of an image, made from docs/image-format.md alone.

  image_digest.py FILE   prints the policy's name; fails if the digest differs
"""
import hashlib
import struct
import sys

FULL = (1 << 64) - 1


def add(total, number):
    total = (total ^ number) * 0x9E3779B97F4A7C15 & FULL
    return total ^ total >> 29


def sum_of(section):
    four = [len(section), 0, 0, 0]
    section += bytes(32 - len(section) % 32)
    for at in range(0, len(section), 8):
        turn = at // 8 % 4
        four[turn] = add(four[turn], struct.unpack_from("<Q", section, at)[0])
    total = 0
    for one in four:
        total = add(total, one)
    return struct.pack("<Q", total)


def hashes(image):
    count = struct.unpack_from("<I", image, 12)[0]
    table = image[48:48 + 16 * count]
    name, places = hashlib.sha256(image[:12]), b""
    for entry in range(0, len(table), 16):
        number, offset, length, _ = struct.unpack_from("<4I", table, entry)
        section = image[offset:offset + length]
        if number < 100:
            name.update(struct.pack("<2I", number, length) + section)
        else:
            places += sum_of(section)
    name = name.digest()
    return name, hashlib.sha256(name + image[12:16] + table + places).digest()


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        image = file.read()
    name, digest = hashes(image)
    print(name.hex())
    sys.exit(digest != image[16:48])
