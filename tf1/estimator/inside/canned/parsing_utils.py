"""`parsing_utils`: specs for `tf.parse_example`."""

from tf1.estimator.canned.parse_specs import classifier_parse_example_spec, regressor_parse_example_spec

classifier_parse_example_spec_v2 = classifier_parse_example_spec
regressor_parse_example_spec_v2 = regressor_parse_example_spec

__all__ = [
    'classifier_parse_example_spec',
    'classifier_parse_example_spec_v2',
    'regressor_parse_example_spec',
    'regressor_parse_example_spec_v2',
]
