"""Cases of `tf.contrib.metrics`."""

_COLLECTIONS = {'metrics_collections': ['my_metrics'], 'updates_collections': ['my_updates']}


def _scores(tf):
    return tf.constant([0.1, 0.75, 0.4, 0.9, 0.35, 0.6])


def _truth(tf):
    return tf.constant([False, True, True, True, False, False])


def _weights(tf):
    return tf.constant([1.0, 2.0, 0.5, 1.0, 3.0, 0.0])


def _named(*metrics):
    """Returns, for each pair of value and update, what three runs give, and names unless they are those of op types."""
    results = {}
    for index, (value, update) in enumerate(metrics):
        names = [getattr(item, 'name', 'A') for item in (value, update)]
        names = [name if name == name.lower() else None for name in names]
        results[str(index)] = {'first': update, 'second': update}
        results[f'{index}_value'] = {'value': value, 'names': names}
    return results


def case_means(tf):
    metrics, values = tf.contrib.metrics, tf.constant([[1.0, 2.0], [4.0, 7.0]])
    return _named(
        metrics.streaming_mean(values),
        metrics.streaming_mean(values, [[1.0], [3.0]], name='mine', **_COLLECTIONS),
        metrics.streaming_mean_tensor(values, **_COLLECTIONS),
        metrics.streaming_percentage_less(values, 3.0, [[1.0], [3.0]]),
        metrics.count(values),
        metrics.count(values, [[1.0], [0.5]], name='weighted', **_COLLECTIONS),
    )


def case_accuracies(tf):
    metrics = tf.contrib.metrics
    predictions, labels = tf.constant([1, 2, 0, 1]), tf.constant([1, 0, 0, 1])
    results = _named(
        metrics.streaming_accuracy(predictions, labels),
        metrics.streaming_accuracy(predictions, labels, [1.0, 2.0, 0.0, 1.0], **_COLLECTIONS),
        metrics.streaming_recall_at_k(tf.constant([[0.1, 0.6, 0.3], [0.2, 0.3, 0.5]]), tf.constant([2, 0]), 2),
        metrics.streaming_mean_iou(predictions, labels, 3),
        metrics.cohen_kappa(labels, predictions, 3),
        metrics.cohen_kappa(labels, predictions, 3, [1.0, 2.0, 0.5, 1.0], name='weighted', **_COLLECTIONS),
    )
    results['accuracy'] = metrics.accuracy(predictions, labels)
    results['accuracy_weighted'] = metrics.accuracy(predictions, labels, [1.0, 2.0, 0.0, 1.0])
    results['confusion'] = metrics.confusion_matrix(labels, predictions)
    results['confusion_weighted'] = metrics.confusion_matrix(
        labels, predictions, num_classes=4, dtype=tf.float32, weights=tf.constant([1.0, 2.0, 0.5, 1.0])
    )
    return results


def case_accuracy_refuses_floats(tf):
    return {'accuracy': tf.contrib.metrics.accuracy(tf.constant([1.0]), tf.constant([1.0]))}


def case_accuracy_refuses_types_that_differ(tf):
    return {'accuracy': tf.contrib.metrics.accuracy(tf.constant([1]), tf.constant([True]))}


def case_precision_and_recall(tf):
    metrics, labels, weights = tf.contrib.metrics, _truth(tf), _weights(tf)
    predictions = tf.constant([True, True, False, True, False, True])
    return _named(
        metrics.streaming_precision(predictions, labels, weights),
        metrics.streaming_recall(predictions, labels, **_COLLECTIONS),
        metrics.streaming_true_positives(predictions, labels),
        metrics.streaming_true_negatives(predictions, labels),
        metrics.streaming_false_positives(predictions, labels, weights),
        metrics.streaming_false_negatives(predictions, labels),
    )


def case_rates(tf):
    metrics, labels, weights = tf.contrib.metrics, _truth(tf), _weights(tf)
    predictions = tf.constant([True, True, False, True, False, True])
    return _named(
        metrics.streaming_false_positive_rate(predictions, labels),
        metrics.streaming_false_positive_rate(predictions, labels, weights, name='mine', **_COLLECTIONS),
        metrics.streaming_false_negative_rate(predictions, labels),
        metrics.streaming_false_negative_rate(predictions, labels, weights, name='other', **_COLLECTIONS),
    )


def case_thresholds(tf):
    metrics, scores, labels, weights = tf.contrib.metrics, _scores(tf), _truth(tf), _weights(tf)
    thresholds = [0.2, 0.5]
    return _named(
        metrics.streaming_precision_at_thresholds(scores, labels, thresholds),
        metrics.streaming_recall_at_thresholds(scores, labels, thresholds, weights, **_COLLECTIONS),
        metrics.streaming_true_positives_at_thresholds(scores, labels, thresholds, weights),
        metrics.streaming_true_negatives_at_thresholds(scores, labels, thresholds),
        metrics.streaming_false_positives_at_thresholds(scores, labels, thresholds),
        metrics.streaming_false_negatives_at_thresholds(scores, labels, thresholds),
    )


def case_rates_at_thresholds(tf):
    metrics, scores, labels, weights = tf.contrib.metrics, _scores(tf), _truth(tf), _weights(tf)
    return _named(
        metrics.streaming_false_positive_rate_at_thresholds(scores, labels, [0.2, 0.5], weights),
        metrics.streaming_false_negative_rate_at_thresholds(scores, labels, [0.2, 0.5], name='n', **_COLLECTIONS),
    )


def case_areas(tf):
    metrics, scores, labels, weights = tf.contrib.metrics, _scores(tf), _truth(tf), _weights(tf)
    return _named(
        metrics.streaming_auc(scores, labels, num_thresholds=11),
        metrics.streaming_auc(scores, labels, weights, num_thresholds=11, curve='PR', **_COLLECTIONS),
        metrics.streaming_sensitivity_at_specificity(scores, labels, 0.6, num_thresholds=11),
        metrics.streaming_specificity_at_sensitivity(scores, labels, 0.6, num_thresholds=11),
        metrics.streaming_curve_points(labels, scores, num_thresholds=5),
        metrics.streaming_curve_points(labels, scores, weights, 5, curve='PR', name='mine'),
    )


def case_unknown_curves_are_refused(tf):
    return _named(tf.contrib.metrics.streaming_curve_points(_truth(tf), _scores(tf), curve='XY'))


def case_dynamic_auc(tf):
    metrics, scores, labels, weights = tf.contrib.metrics, _scores(tf), tf.cast(_truth(tf), tf.int64), _weights(tf)
    return _named(
        metrics.streaming_dynamic_auc(labels, scores),
        metrics.streaming_dynamic_auc(labels, scores, curve='PR', name='pr', weights=weights),
        metrics.streaming_dynamic_auc(1 - labels, scores, curve='PR'),
        metrics.streaming_dynamic_auc(1 - labels, tf.round(scores * 2), weights=weights),
        metrics.streaming_dynamic_auc(1 - labels, tf.round(scores * 2), curve='PR'),
        metrics.streaming_dynamic_auc(tf.constant([1, 0, 1]), tf.constant([0.5, 0.5, 0.2]), curve='PR'),
        metrics.streaming_dynamic_auc(tf.ones_like(labels), scores),
        metrics.streaming_dynamic_auc(tf.ones_like(labels), scores, curve='PR'),
    )


def case_auc_with_confidence(tf):
    metrics, scores, labels, weights = tf.contrib.metrics, _scores(tf), tf.cast(_truth(tf), tf.int64), _weights(tf)
    return _named(
        metrics.auc_with_confidence_intervals(labels, scores),
        metrics.auc_with_confidence_intervals(labels, scores, weights, 0.9, False, name='mine'),
        metrics.auc_with_confidence_intervals(labels, tf.round(scores * 2), weights + 1.0),
        metrics.auc_with_confidence_intervals(tf.ones_like(labels), scores),
    )


def case_auc_using_histogram(tf):
    auc, update = tf.contrib.metrics.auc_using_histogram(_truth(tf), _scores(tf), [0.0, 1.0], nbins=10)
    return {'update': update, 'auc': auc}


def case_best_scores(tf):
    metrics, scores, labels, weights = tf.contrib.metrics, _scores(tf), _truth(tf), _weights(tf)
    return _named(
        metrics.f1_score(labels, scores, num_thresholds=11),
        metrics.f1_score(labels, scores, weights, 11, name='mine', **_COLLECTIONS),
        metrics.precision_at_recall(labels, scores, 0.6, num_thresholds=11),
        metrics.precision_at_recall(labels, scores, 0.6, weights, 11, name='other', **_COLLECTIONS),
        metrics.recall_at_precision(labels, scores, 0.6, num_thresholds=11),
        metrics.recall_at_precision(labels, scores, 0.99, weights, 11, name='third', strict_mode=True),
    )


def case_recall_at_an_exact_precision(tf):
    labels, scores = tf.constant([True, False, True]), tf.constant([0.15, 0.25, 0.9])
    recall = tf.contrib.metrics.recall_at_precision
    return _named(
        recall(labels, scores, 0.5, num_thresholds=11, strict_mode=True),
        recall(labels, scores, 0.5, num_thresholds=11),
        recall(labels, scores, 1.0, num_thresholds=11, strict_mode=True),
        recall(labels, scores * 0.0, 0.9, num_thresholds=11, strict_mode=True),
    )


def case_targets_outside_the_range_are_refused(tf):
    return _named(tf.contrib.metrics.recall_at_precision(_truth(tf), _scores(tf), 1.5))


def case_precision_and_recall_at_equal_thresholds(tf):
    metrics = tf.contrib.metrics
    results = {}
    for name, weights in (('plain', None), ('weighted', _weights(tf))):
        value, update = metrics.precision_recall_at_equal_thresholds(
            _truth(tf), _scores(tf), weights, num_thresholds=5, name=name
        )
        results[name] = {'first': update, 'second': update}
        results[name + '_value'] = {'value': list(value), 'fields': list(value._fields)}
    return results


def case_errors(tf):
    metrics = tf.contrib.metrics
    predictions, labels = tf.constant([[0.6, 0.8], [1.0, 0.0]]), tf.constant([[1.0, 0.0], [0.8, 0.6]])
    return _named(
        metrics.streaming_mean_absolute_error(predictions, labels),
        metrics.streaming_mean_squared_error(predictions, labels, [[1.0], [3.0]], **_COLLECTIONS),
        metrics.streaming_root_mean_squared_error(predictions, labels),
        metrics.streaming_mean_relative_error(predictions, labels, tf.constant([[1.0, 2.0], [4.0, 0.0]])),
        metrics.streaming_mean_cosine_distance(predictions, labels, 1),
    )


def case_covariance(tf):
    metrics = tf.contrib.metrics
    predictions, labels = tf.constant([1.0, 2.0, 4.0, 3.0]), tf.constant([0.5, 2.5, 3.0, 4.0])
    return _named(
        metrics.streaming_covariance(predictions, labels),
        metrics.streaming_covariance(predictions, labels, [1.0, 0.0, 2.0, 1.0], name='mine', **_COLLECTIONS),
    )


def case_pearson_correlation(tf):
    metrics = tf.contrib.metrics
    predictions, labels = tf.constant([1.0, 2.0, 4.0, 3.0]), tf.constant([0.5, 2.5, 3.0, 4.0])
    return _named(
        metrics.streaming_pearson_correlation(predictions, labels),
        metrics.streaming_pearson_correlation(predictions, labels, [1.0, 0.5, 2.0, 1.0], name='mine', **_COLLECTIONS),
    )


def case_concat(tf):
    metrics, values = tf.contrib.metrics, tf.constant([[1.0, 2.0], [3.0, 4.0]])
    results = {}
    for name, made in (
        ('rows', metrics.streaming_concat(values)),
        ('columns', metrics.streaming_concat(values, axis=1, max_size=3, name='mine', **_COLLECTIONS)),
    ):
        results[name + '_first'] = made[1]
        results[name + '_second'] = made[1]
        results[name] = made[0]
        results[name + '_shape'] = made[0].shape.as_list()
        results[name + '_names'] = [made[0].name, made[1].name]
    return results


def case_top_k(tf):
    metrics = tf.contrib.metrics
    predictions = tf.constant([[0.1, 0.3, 0.2, 0.4], [0.5, 0.1, 0.3, 0.1]])
    top = tf.constant([[3, 1], [0, 2]], tf.int64)
    labels = tf.constant([[1, 2], [0, 3]], tf.int64)
    return _named(
        metrics.streaming_sparse_precision_at_k(predictions, labels, 2),
        metrics.streaming_sparse_precision_at_k(predictions, labels, 2, class_id=1, weights=[1.0, 2.0]),
        metrics.streaming_sparse_precision_at_top_k(top, labels),
        metrics.streaming_sparse_recall_at_k(predictions, labels, 2, **_COLLECTIONS),
        metrics.sparse_recall_at_top_k(labels, top),
        metrics.streaming_sparse_average_precision_at_k(predictions, labels, 2),
        metrics.streaming_sparse_average_precision_at_top_k(top, labels),
    )


def case_aggregates(tf):
    metrics, values = tf.contrib.metrics, tf.constant([1.0, 5.0])
    names_to_values, names_to_updates = metrics.aggregate_metric_map(
        {'mean': metrics.streaming_mean(values), 'less': metrics.streaming_percentage_less(values, 3.0)}
    )
    value_list, update_list = metrics.aggregate_metrics(metrics.count(values), metrics.streaming_mean(values))
    return {
        'updates': names_to_updates,
        'values': names_to_values,
        'update_list': update_list,
        'value_list': value_list,
    }


def case_nothing_cannot_be_aggregated(tf):
    return {'nothing': tf.contrib.metrics.aggregate_metrics()}


def case_sets(tf):
    metrics = tf.contrib.metrics
    one, other = tf.constant([[1, 2, 3], [4, 5, 6]]), tf.constant([[2, 3, 9], [6, 6, 7]])

    def parts(sparse):
        return {'indices': sparse.indices, 'values': sparse.values, 'shape': sparse.dense_shape}

    return {
        'difference': parts(metrics.set_difference(one, other)),
        'difference_back': parts(metrics.set_difference(one, other, aminusb=False)),
        'intersection': parts(metrics.set_intersection(one, other)),
        'union': parts(metrics.set_union(one, other)),
        'size': metrics.set_size(metrics.set_union(one, other)),
    }
