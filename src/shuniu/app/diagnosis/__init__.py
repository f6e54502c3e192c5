"""配置自检: looks at the configuration and its surroundings and says, in words, what is wrong with them."""
