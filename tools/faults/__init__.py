"""A campaign of faults against trainings: kills, damaged files, full disks, signals, two trainings at once."""
