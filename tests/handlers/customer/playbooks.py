"""A playbook with a question of every type, none of them about branches."""

EVERY_STEP = """
[business]
name = "Студия"
languages = ["ru"]
consent_version = "1"

[[form]]
id = "all"
title = "Всё"
tags = ["бот"]
step = [
  { field = "words", type = "text", ask = "Слова?", min = 2, max = 1000 },
  { field = "one", type = "choice", ask = "Один?", option = [
    { id = "a", title = "Первый" }, { id = "b", title = "Второй" } ] },
  { field = "many", type = "choices", ask = "Много?", option = [
    { id = "x", title = "Икс" }, { id = "y", title = "Игрек" } ] },
  { field = "amount", type = "number", ask = "Сколько?" },
  { field = "day", type = "date", ask = "День?" },
  { field = "hour", type = "time", ask = "Час?" },
  { field = "moment", type = "datetime", ask = "Когда?" },
  { field = "rules", type = "consent", ask = "Согласны?" },
  { field = "name", type = "text", ask = "Имя?" },
  { field = "phone", type = "phone", ask = "Телефон?" },
  { field = "email", type = "email", ask = "Почта?" },
  { field = "photos", type = "file", ask = "Фото?" },
  { field = "place", type = "location", ask = "Где?" },
]
"""
