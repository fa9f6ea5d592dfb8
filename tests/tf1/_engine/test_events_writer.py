from __future__ import annotations

import os
import re

import tf1 as tf
from tf1._engine.events_writer import EventsWriter


def test_events_are_read_back_behind_the_version(tmp_path):
    writer = EventsWriter(tf.compat.as_bytes(str(tmp_path / 'events')))
    event = tf.Event(wall_time=3.0, step=4, summary=tf.Summary(value=[tf.Summary.Value(tag='a', simple_value=2.0)]))
    writer.WriteEvent(event)
    writer.Flush()
    first, second = tf.train.summary_iterator(writer.FileName().decode())
    assert (first.file_version, second) == ('brain.Event:2', event)
    writer.Close()
    (name,) = os.listdir(tmp_path)
    assert re.fullmatch(r'events\.out\.tfevents\.\d{10}\..+', name)


def test_a_file_may_have_a_suffix_and_nothing_is_written_before_the_first_event(tmp_path):
    writer = EventsWriter(str(tmp_path / 'log'))
    writer.Flush()
    writer.Close()
    assert os.listdir(tmp_path) == []
    writer.InitWithSuffix('.v2')
    writer.Close()
    (name,) = os.listdir(tmp_path)
    assert name.endswith('.v2')
