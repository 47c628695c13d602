"""The pages of the youth-protection officer (JMStV § 7): who could have played an item, when, and why."""
