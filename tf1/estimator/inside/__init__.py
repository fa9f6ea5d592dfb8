"""The modules that TF 1.15's Estimator was made of, as programs import them from `tensorflow.python.estimator`.

Each is thin: old names and signatures over what does the work elsewhere in `tf1.estimator`. Names that a module does
not list are the public ones of `tf.estimator`; a module that is no file here has these alone (`moved_modules`).
"""
