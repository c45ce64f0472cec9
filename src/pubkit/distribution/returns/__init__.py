"""What comes back after a campaign: bounces, complaints, unsubscriptions, logs of mail servers."""
