"""The demo region: invented agencies, employers, postings and jobseekers around Borås and Fredrikstad, for trying things out.

`region` makes it, resumes it and removes it; `content` reads the *.toml files beside it, where all its words stand.
Everything follows from those files and from the day: ids are the same on every machine, chance has a seed of its own.
"""
