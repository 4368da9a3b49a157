"""Case shapes, white space codes, pieces."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from kg.reading import features


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("alliance", features.SHAPE_LOWER),
        ("Huifu", features.SHAPE_TITLE),
        ("BAIC", features.SHAPE_UPPER),
        ("A", features.SHAPE_INITIAL),
        ("WeChat", features.SHAPE_MIXED_UPPER),
        ("eToro", features.SHAPE_MIXED_LOWER),
        ("2019", features.SHAPE_DIGITS),
        ("5G", features.SHAPE_ALPHANUMERIC),
        ("—", features.SHAPE_SYMBOL),
        ("😀", features.SHAPE_SYMBOL),
        ("北京", features.SHAPE_LOWER),
        ("", features.SHAPE_SYMBOL),
    ],
)
def test_case_shape(text: str, shape: int) -> None:
    """Each kind of word has its shape."""
    assert features.case_shape(text) == shape


@pytest.mark.parametrize(
    ("white_space", "code"),
    [
        ("", features.GAP_NONE),
        (" ", features.GAP_BLANK),
        ("\t ", features.GAP_BLANK),
        ("\n", features.GAP_LINE),
        ("\r\n", features.GAP_LINE),
        (" \n \n", features.GAP_PARAGRAPH),
        ("\r\n\r\n", features.GAP_PARAGRAPH),
        ("\u2029", features.GAP_PARAGRAPH),
    ],
)
def test_gap_code(white_space: str, code: int) -> None:
    """A blank line is told from a line break, and both from blanks."""
    assert features.gap_code(white_space) == code


@pytest.mark.parametrize("word", ["tea", "Tea", "TEA", "teapot", "Teapots", "té", "tea-pot", "e", "pots", "tea2"])
def test_pieces_are_those_of_the_tokenizer(word: str) -> None:
    """Words of the vocabulary, which take a short cut, and others are cut as the tokenizer cuts them."""
    pieces = ["[UNK]", "[CLS]", "[SEP]", "tea", "##pot", "##s", "##2", "te", "-", "pot", "teapot"]
    tokenizer = Tokenizer(WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer, tokenizer.pre_tokenizer = BertNormalizer(lowercase=True), BertPreTokenizer()
    encoded = tokenizer.encode(word)
    found = features.PieceTable(tokenizer)(word)
    assert found.ids == tuple(encoded.ids)
    assert found.shapes == tuple(features.case_shape(word[start:end]) for start, end in encoded.offsets)
