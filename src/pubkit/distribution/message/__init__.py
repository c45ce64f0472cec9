"""The message that brings an edition to one member: headers, parts, and a last look at both."""
