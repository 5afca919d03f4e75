"""Reading Chinese: normalised views, sentences, lexicons, segmentation, names, titles, quantities and dates."""
