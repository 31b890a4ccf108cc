"""What __int__ and __index__ may answer."""


class Answers:
    def __init__(self, value):
        self.value = value

    def __int__(self):
        return self.value

    def __index__(self):
        return self.value


class Small(int):
    pass


for value in (3, True, Small(2), 1.5, 'two', None):
    thing = Answers(value)
    for use in (int, hex, range(5).__getitem__, [0, 1, 2, 3].__getitem__, 'abcd'.__getitem__, bytes):
        try:
            print(repr(value), use(thing))
        except TypeError as error:
            print(repr(value), error)
data = bytearray(b'12')
data += bytes(data)
print(data)
data += data
