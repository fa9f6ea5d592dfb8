from __future__ import annotations

from tf1._engine import processor

_TWO_CORES = """processor\t: 0
vendor_id\t: AuthenticAMD
model name\t: AMD EPYC
flags\t\t: fpu avx2 avx512f

processor\t: 1
vendor_id\t: AuthenticAMD
flags\t\t: fpu
"""


def test_the_first_core_tells_maker_features_and_name():
    assert processor.parse(_TWO_CORES) == ('AuthenticAMD', {'fpu', 'avx2', 'avx512f'}, 'AMD EPYC')


def test_a_system_that_does_not_tell_has_an_unknown_processor(monkeypatch, tmp_path):
    monkeypatch.setattr(processor, '_FACTS', str(tmp_path / 'none'))
    assert processor.this_one.__wrapped__() == ('', frozenset(), '')
    assert processor.parse('') == ('', frozenset(), '')
