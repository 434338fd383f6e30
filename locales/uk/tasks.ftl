repeat-at = { $rule } о { $clock }
repeat-day = { $count ->
    [1] щодня
    [one] раз на { $count } день
    [few] раз на { $count } дні
   *[other] раз на { $count } днів
}
repeat-weeks = { $count ->
    [1] щотижня
    [one] раз на { $count } тиждень
    [few] раз на { $count } тижні
   *[other] раз на { $count } тижнів
}
repeat-week = { $count ->
    [1] { $days }
    [one] раз на { $count } тиждень, { $days }
    [few] раз на { $count } тижні, { $days }
   *[other] раз на { $count } тижнів, { $days }
}
repeat-months = { $count ->
    [1] щомісяця
    [one] раз на { $count } місяць
    [few] раз на { $count } місяці
   *[other] раз на { $count } місяців
}
repeat-month = { $count ->
    [1] щомісяця, { $days }
    [one] раз на { $count } місяць, { $days }
    [few] раз на { $count } місяці, { $days }
   *[other] раз на { $count } місяців, { $days }
}
repeat-years = { $count ->
    [1] щороку
    [one] раз на { $count } рік
    [few] раз на { $count } роки
   *[other] раз на { $count } років
}
repeat-year = { $count ->
    [1] щороку, { $days }
    [one] раз на { $count } рік, { $days }
    [few] раз на { $count } роки, { $days }
   *[other] раз на { $count } років, { $days }
}
repeat-on = у { $days }
repeat-weekday-0 = понеділки
repeat-weekday-1 = вівторки
repeat-weekday-2 = середи
repeat-weekday-3 = четверги
repeat-weekday-4 = п’ятниці
repeat-weekday-5 = суботи
repeat-weekday-6 = неділі
repeat-workdays = у будні
repeat-weekend = у вихідні
repeat-day-of-month = { $day }-го
repeat-last-day = в останній день
repeat-short-months = (де такого дня немає — в останній день місяця)
repeat-common-years = (у звичайний рік — 28 лютого)
task-evening = Увечері
task-week = Наст. тиждень
task-own = Інший час
task-give = 🤝 Передати
task-more = Ще…
task-all = Усі завдання
task-whom = 👤 Про кого це
task-stop = 🔁 Більше не повторювати
task-stopped = Більше не повториться
task-comes-back = Зроблено. Повернеться { $when }.
task-ask-whom = Про кого це завдання? Напишіть ім’я, останні цифри телефону або номер картки.
task-nobody = Нікого не знайшлося. Напишіть інакше: ім’я, останні цифри телефону або номер картки.
task-choose-whom = Хто з них?
task-give-whom = Кому передати?
task-nobody-else = Передати нікому: у команді поки немає нікого, хто відкрив бота.
task-gave = 🤝 Передано: { $name }. Бот нагадає вчасно.
task-given = { $name } передає вам завдання
task-given-due = Термін: { $when }
task-from = Передано від: { $name }
task-done-by = { $name }: зроблено
task-inherited = { $count ->
    [one] Тепер ваше { $count } завдання
    [few] Тепер ваші { $count } завдання
   *[other] Тепер ваших { $count } завдань
}, які мав(ла) { $name }: цієї людини більше немає в команді. Їх можна передати далі.
refused-task-evening = Вечір уже настав. Оберіть «+1 год» або «Завтра».
refused-task-give = Передати можна тому, хто зараз у команді й відкрив бота.
