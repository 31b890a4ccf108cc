"""Names of character sets in mail."""
__all__ = ['Charset', 'QP', 'BASE64', 'SHORTEST']
QP, BASE64, SHORTEST = 1, 2, 3


class Charset:
    def __init__(self, input_charset='us-ascii'):
        self.input_charset = self.output_charset = input_charset.lower()
        self.header_encoding = self.body_encoding = None if self.input_charset == 'us-ascii' else BASE64

    def __repr__(self):
        return self.input_charset

    def __eq__(self, other):
        return str(self) == str(other).lower()

    def get_output_charset(self):
        return self.output_charset
