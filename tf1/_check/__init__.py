"""The static report on programs: names used, what each resolves to, findings."""
