"""Find the names of persons in a text: by grammar in English, by surname in Chinese."""
