"""Rows, totals, CSV and tables."""

from __future__ import annotations

import numpy as np

from tf1._checkpoint import listing


def test_rows_have_sizes_roles_and_statistics(save):
    stored = save(
        {
            'w': np.float32([[1, 3]]),
            'w/Momentum': np.float32([[0, 0]]),
            'words': np.array([b'ab', b'c'], object),
            'global_step': np.int64(7),
        }
    )
    rows = listing.rows(stored)
    assert [listing.as_dict(row)['name'] for row in rows] == ['global_step', 'w', 'w/Momentum', 'words']
    assert listing.as_dict(rows[2]) == {
        'name': 'w/Momentum',
        'kind': 'slot',
        'slot_of': 'w',
        'slot': 'Momentum momentum',
        'shape': [1, 2],
        'dtype': 'float32',
        'parameters': 2,
        'bytes': 8,
        'mean': 0.0,
        'std': 0.0,
        'min': 0.0,
        'max': 0.0,
        'nan': 0,
        'inf': 0,
    }
    assert listing.totals(rows) == {
        'variables': 4,
        'parameters': 7,
        'model_parameters': 4,
        'slot_parameters': 2,
        'other_parameters': 1,
        'bytes': 8 + 8 + 8 + 3,
    }
    assert listing.csv_text(rows).splitlines() == [
        'name,kind,slot_of,slot,shape,dtype,parameters,bytes,mean,std,min,max,nan,inf',
        'global_step,other,,,,int64,1,8,7.0,0.0,7,7,0,0',
        'w,model,,,1x2,float32,2,8,2.0,1.0,1.0,3.0,0,0',
        'w/Momentum,slot,w,Momentum momentum,1x2,float32,2,8,0.0,0.0,0.0,0.0,0,0',
        'words,model,,,2,string,2,3,,,,,0,0',
    ]
    assert listing.table_text(rows).splitlines() == [
        'name         role               shape   dtype    bytes  mean  std  min  max  nan',
        'global_step  other              scalar  int64        8     7    0    7    7',
        'w                               1x2     float32      8     2    1    1    3',
        'w/Momentum   Momentum momentum  1x2     float32      8     0    0    0    0',
        'words                           2       string       3',
        '4 variables, 7 parameters: 4 of the model, 2 in slots, 1 others; 27 bytes.',
    ]


def test_without_statistics_their_columns_are_empty(save):
    row = listing.rows(save({'w': np.float32([1])}), with_statistics=False)[0]
    assert row.statistics is None
    assert listing.as_dict(row)['mean'] is None
    assert listing.csv_text([row]).splitlines()[1] == 'w,model,,,1,float32,1,4,,,,,,'


def test_parameters_of_a_golden_checkpoint_are_those_counted_by_hand(golden):
    # 5*5*1*4+4 + 64*12+12 + 12*10+10 = 1014; Adam has two slots of each.
    sums = listing.totals(listing.rows(golden('cnn'), with_statistics=False))
    assert (sums['model_parameters'], sums['slot_parameters'], sums['other_parameters']) == (1014, 2028, 3)
    assert sums['bytes'] == 4 * (3 * 1014 + 2) + 8
