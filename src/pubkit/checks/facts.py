"""Do numbers, dates, amounts and other facts have the same values on both sides?"""
