"""Is the finished edition what it should be?"""
