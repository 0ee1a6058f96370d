"""Checks Ed25519 signatures, from RFC 8032, section 5.1, alone.

Slow, and only for tests: it does not hide what it computes.
"""
import hashlib

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
ROOT = pow(2, (PRIME - 1) // 4, PRIME)  # of minus one


def x_of(y, sign):
    """The x that goes with y; None if there is none (5.1.3)."""
    if y >= PRIME:
        return None
    square = (y * y - 1) * pow(CURVE * y * y + 1, PRIME - 2, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * ROOT % PRIME
    if (x * x - square) % PRIME or (x == 0 and sign):
        return None
    return x if x % 2 == sign else PRIME - x


def point_of(data):
    """A point in extended coordinates (X, Y, Z, T); None if it is none."""
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    x = x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % PRIME)


def add(one, other):
    """5.1.4."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % PRIME
    b = (one[1] + one[0]) * (other[1] + other[0]) % PRIME
    c = 2 * one[3] * other[3] * CURVE % PRIME
    d = 2 * one[2] * other[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def times(number, point):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point = add(point, point)
        number >>= 1
    return result


def same(one, other):
    return ((one[0] * other[2] - other[0] * one[2]) % PRIME == 0 and
            (one[1] * other[2] - other[1] * one[2]) % PRIME == 0)


BASE_Y = 4 * pow(5, PRIME - 2, PRIME) % PRIME
BASE = (x_of(BASE_Y, 0), BASE_Y, 1, x_of(BASE_Y, 0) * BASE_Y % PRIME)


def verify(key, message, signature):
    """5.1.7."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, start = point_of(key), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or start is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    factor = int.from_bytes(digest, "little") % ORDER
    return same(times(scalar, BASE), add(start, times(factor, public)))


def self_test():
    """Tests 1 and 2 of section 7.1."""
    vectors = [
        ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8"
         "821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
        ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
         "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085a"
         "c1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ]
    for key, message, signature in vectors:
        key, message, signature = map(bytes.fromhex, (key, message, signature))
        assert verify(key, message, signature)
        assert not verify(key, message + b"x", signature)
        assert not verify(key, message, signature[:63] + b"\x7f")


self_test()
