# Рассылки

campaign-to-these = 📣 Рассылка им
campaigns-title = 📣 Рассылки
campaigns-none = Рассылок ещё не было. Напишите первую: текст, кому и когда — всё проверим и посчитаем до отправки.
campaigns-count = { $count ->
    [one] { $count } рассылка
    [few] { $count } рассылки
   *[many] { $count } рассылок
}
campaigns-new = ➕ Новая рассылка
campaign-nameless = Без текста
campaign-draft = Рассылка № { $number } · черновик
campaign-variant = Вариант { $name }
campaign-no-text = Текста ещё нет.
campaign-album-apart = Сначала придёт альбом, а сразу под ним текст с кнопками: у самого альбома кнопок не бывает.
campaign-files = 📎 { $count ->
    [one] { $count } файл
    [few] { $count } файла
   *[many] { $count } файлов
}
campaign-languages = 🌐 { $languages }
campaign-no-aim = кому — не выбрано
campaign-aim-everybody = все
campaign-aim-repeat = те, кто получил «{ $name }» и ничего не нажал
campaign-no-topic = Без темы
campaign-purpose-marketing = реклама
campaign-purpose-service = сервисное сообщение
campaign-purpose-survey = опрос
campaign-starts-now = сразу после запуска
campaign-starts-at = начнётся { $when }
campaign-starts-local = { $when } по часам каждого
campaign-spread = { $minutes ->
    [0] не растягивать
   *[other] растянуть на { $hours } ч
}
campaign-useful = ждать, если сейчас нельзя: до { $unit ->
    [days] { $n ->
        [one] { $n } дня
       *[other] { $n } дней
    }
   *[hours] { $n } ч
}
campaign-test = проба на { $percent } %, через { $unit ->
    [days] { $n ->
        [one] { $n } день
        [few] { $n } дня
       *[many] { $n } дней
    }
   *[hours] { $n } ч
} побеждает тот, у кого больше: { $metric }
campaign-control = контрольная группа { $percent } %
campaign-metric-presses = нажатия
campaign-metric-answers = ответы
campaign-metric-purchases = покупки
campaign-hours = { $unit ->
    [days] { $n ->
        [one] { $n } день
        [few] { $n } дня
       *[many] { $n } дней
    }
   *[hours] { $n } ч
}

campaign-ask-text = Пришлите сообщение так, как его увидят люди: текст с форматированием, можно с фото, видео, файлом или альбомом.

    Подстановки: <code>{ $open }name|друг{ $close }</code> — имя, а если его нет, «друг»; ещё <code>{ $open }business{ $close }</code>, <code>{ $open }city{ $close }</code>, <code>{ $open }points{ $close }</code>.
campaign-ask-variant = Это вариант { $variant }.
campaign-ask-language = Язык: { $language }.
campaign-ask-aim = Кому? Напишите название сохранённого сегмента или запрос, например <code>tag:vip last_purchase&lt;90d</code>. Звёздочка <code>*</code> — всем.
campaign-ask-time = Когда начать? Например: «завтра в 12:00», «в пятницу 18:30».
campaign-ask-local = Во сколько это получит каждый — по своим часам? Например: «завтра в 10:00». Где это время уже прошло, сообщение уйдёт сразу.
campaign-ask-link = Пришлите подпись и адрес через черту: <code>Смотреть | https://example.com</code>. Первое касание мы сосчитаем, второе откроет страницу: о простых ссылках Telegram боту не сообщает.
campaign-ask-link-once = Пришлите подпись и адрес через черту: <code>Смотреть | https://example.com</code>. Страница откроется с первого касания — через адрес самого бота, где нажатие и сосчитается.
campaign-ask-url = Пришлите подпись и адрес через черту: <code>Смотреть | https://example.com</code>. Страница откроется сразу, но нажатий мы не увидим.
campaign-ask-promo = Пришлите подпись и код через черту: <code>Скопировать код | { $code }</code>. Кто скопировал, Telegram не сообщает.
campaign-ask-person = Глазами кого посмотреть? Номер карточки, имя или телефон.

campaign-set-text = ✏️ Текст
campaign-set-language = 🌐 Язык текста
campaign-set-buttons = 🔘 Кнопки
campaign-set-aim = 👥 Кому
campaign-set-when = 🕒 Когда
campaign-set-purpose = 🏷 Цель
campaign-set-topic = 🗂 Тема
campaign-set-tests = 🧪 Варианты и контроль
campaign-set-test = 🧪 Доля для пробы
campaign-set-metric = 🏁 По чему судить
campaign-set-decide = ⏱ Через сколько
campaign-set-control = 🎛 Контрольная группа
campaign-preview = 👁 Глазами клиента
campaign-test-me = 📲 Себе
campaign-to-count = 🔢 Посчитать и запустить
campaign-drop = 🗑 Удалить
campaign-back = к рассылке
campaign-saved = Записано
campaign-begun = 🚀 Рассылка № { $number } запущена. Как она идёт, видно в следующем сообщении.
campaign-started = Рассылка запущена

campaign-which-purpose = Зачем это сообщение? Рекламу получат только согласившиеся на неё, опрос — все, кто не отказался, сервисное — все, о чём они просили сами. Выдавать рекламу за сервис нельзя: это нарушает закон и доверие.
campaign-which-topic = О чём это? Кто отказался от темы, этого не получит.
campaign-which-control = Кому не отправлять ничего, чтобы увидеть, что дала рассылка? Люди выбираются случайно.
campaign-which-test = На скольких попробовать варианты, прежде чем остальные получат лучший? При 0 % варианты сразу делятся поровну на всех.
campaign-which-decide = Через сколько часов выбрать победителя?
campaign-which-metric = По чему судить, какой вариант лучше?
campaign-which-spread = За сколько времени разослать? Чтобы ответы не пришли все разом.
campaign-which-useful = Если человека сейчас беспокоить нельзя (ночь, недавно уже писали), сколько часов сообщение ещё имеет смысл?
campaign-which-language = На каком языке написан текст?
campaign-when = Когда отправлять?
campaign-when-now = Сразу после запуска
campaign-when-at = 🗓 В назначенное время
campaign-when-local = 🌍 По часам каждого
campaign-when-spread = ↔️ Растянуть
campaign-when-useful = ⌛ Сколько ждать
campaign-tests = Варианты делятся между людьми случайно. Контрольная группа не получает ничего: с ней сравнится выручка.
campaign-variant-edit = ✏️ Вариант { $name }
campaign-variant-add = ➕ Ещё вариант
campaign-buttons = Какую кнопку добавить под сообщение?
campaign-add-link = 🔗 Ссылка со счётом
campaign-add-url = ↗️ Простая ссылка
campaign-add-promo = 🎟 Промокод
campaign-add-call = 📞 Позвоните мне
campaign-drop-button = 🗑 Убрать последнюю
campaign-does-link = ссылка, нажатия считаются
campaign-does-url = ссылка
campaign-does-form = форма
campaign-does-survey = опрос
campaign-does-promo = промокод
campaign-does-call = просьба позвонить
campaign-call-title = 📞 Позвоните мне
campaign-survey-title = ⭐ Ответить

campaign-count = Кто это получит
campaign-count-meant = В сегменте: { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[many] { $count } человек
}
campaign-lost-no-consent = без согласия: { $count }
campaign-lost-unreachable = недоступны: { $count }
campaign-lost-spam = спам: { $count }
campaign-lost-paused = попросили паузу: { $count }
campaign-lost-topic = отказались от темы: { $count }
campaign-lost-cap = недавно уже получали: { $count }
campaign-count-control = контрольная группа: { $count }
campaign-count-gets = Получат: { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[many] { $count } человек
}
campaign-count-again = 🔁 Кто недавно уже получал, тоже встанет в очередь: перед отправкой проверим ещё раз, и кому к тому времени будет можно, тому напишем.
campaign-count-later = ⌛ Кому можно написать, те недавно уже получали. Дайте сообщению ждать дольше («Сколько ждать» в черновике) или назначьте его на потом.
campaign-count-foreign = 🌐 Из них { $readers }: текста на их языке нет.
campaign-count-foreign-if = 🧪 Если победит вариант { $name }, текста на своём языке не будет ещё у { $count ->
    [one] { $count } человека
   *[other] { $count } человек
}.
campaign-reads-ru = { $count ->
    [one] { $count } читает по-русски
   *[many] { $count } читают по-русски
}
campaign-reads-uk = { $count ->
    [one] { $count } читает по-украински
   *[many] { $count } читают по-украински
}
campaign-reads-en = { $count ->
    [one] { $count } читает по-английски
   *[many] { $count } читают по-английски
}
campaign-start = 🚀 Запустить: { $count }
campaign-list-no-consent = Рассылка { $number }: без согласия
campaign-list-unreachable = Рассылка { $number }: недоступны
campaign-list-paused = Рассылка { $number }: пауза
campaign-list-topic = Рассылка { $number }: отказ от темы
campaign-list-cap = Рассылка { $number }: недавно получали
campaign-list-kept = Эти люди теперь в списке «{ $name }». Его можно открыть, выгрузить и спрашивать о нём, как о любом сегменте.
campaign-open-list = 👥 Открыть список

campaign-is-planned = готовится
campaign-is-running = идёт
campaign-is-testing = идёт проба вариантов
campaign-is-paused = приостановлена
campaign-is-done = завершена
campaign-is-cancelled = отменена
campaign-is-recalling = сообщения отзываются
campaign-is-recalled = сообщения отозваны
campaign-sent = ✅ Отправлено: { $count }
campaign-left = ⏳ Осталось: { $count }
campaign-held = 🌙 Из них ждут удобного времени: { $count } (ночь, выходной или недавно уже писали). Первым можно написать { $until }
campaign-waiting = 🧪 Ждут победителя: { $count }
campaign-failed = ⚠️ Не доставлено: { $count }
campaign-unknown = ❔ Неизвестно, дошло ли: { $count }
campaign-skipped = 🚫 Не отправляли: { $count }
campaign-cancelled = ✖️ Отменено: { $count }
campaign-in-control = 🎛 Контрольная группа: { $count }
campaign-recalled = ↩️ Удалено из чатов: { $count }
campaign-rate = ⚡ { $rate } в секунду · осталось примерно { $left }
campaign-ends = 🏁 Закончится около { $time }
campaign-decides = 🏁 Победитель определится { $when }
campaign-won = 🏆 Победил вариант { $name } (случайно так бывает в { $share } % проб)
campaign-no-winner = 🤝 Победителя нет: такая разница бывает и случайно (в { $share } % проб). Остальным варианты розданы поровну.
campaign-pause = ⏸ Пауза
campaign-resume = ▶️ Продолжить
campaign-cancel = ✖️ Отменить
campaign-repeat = 🔁 Повторить не нажавшим
campaign-recall = ↩️ Отозвать
campaign-sure-cancel = Остановить рассылку насовсем? Не получат: { $count }. Кому уже отправлено, у тех сообщение останется.
campaign-sure-recall = Удалить сообщение из чатов? Отправлено: { $count }. Telegram позволяет удалить то, чему меньше 48 часов; остальное не рассылается.
campaign-yes-cancel = ✖️ Да, остановить
campaign-yes-recall = ↩️ Да, удалить

campaign-only-test = Это проба: у клиентов кнопка сработает.
campaign-tap-again = Нажмите ещё раз, чтобы открыть.
campaign-call-soon = Спасибо! Мы скоро позвоним.
campaign-call-task = Позвонить: просили под рассылкой «{ $name }»
campaign-wants-call = Просит позвонить: рассылка «{ $campaign }».

refused-campaign-gone = Такой рассылки уже нет. Все рассылки: /broadcasts
refused-campaign-started = Эта рассылка уже запущена, её черновик не изменить. Посмотрите, как она идёт: /broadcasts
refused-campaign-empty = Сначала напишите текст каждого варианта: кнопка «Текст».
refused-campaign-aim = Сначала выберите, кому: кнопка «Кому».
refused-campaign-kind = Такое сообщение разослать нельзя. Подойдут текст, фото, видео, аудио или файл.
refused-campaign-album = Альбом здесь не подойдёт: нужен текст.
refused-album-many = В альбом помещается не больше { $most } файлов, остальные не взяты. Чтобы выбрать другие, нажмите «Текст» и пришлите альбом заново.
refused-album-mixed = Telegram не соберёт это в один альбом: фото и видео можно вместе, файлы и аудио — только со своими. Пришлите альбом заново.
refused-campaign-long = Слишком длинно на { $over ->
    [one] { $over } знак
    [few] { $over } знака
   *[many] { $over } знаков
}. У Telegram предел 4096 знаков, а под фото или файлом — 1024.
refused-campaign-variants = Больше { $most } вариантов не бывает: людей на каждый осталось бы слишком мало.
refused-campaign-buttons = Больше { $most } кнопок под сообщение не поставить. Уберите лишнюю.
refused-campaign-button = Напишите подпись и через черту то, что она открывает: <code>Смотреть | https://example.com</code>
refused-campaign-button-promo = Напишите подпись и через черту код: <code>Скопировать код | { $code }</code>
refused-campaign-title = У кнопки должна быть подпись: <code>Смотреть | https://example.com</code>
refused-campaign-link = Это не похоже на адрес. Он начинается с https:// и пишется без пробелов.
refused-campaign-promo = Промокода «{ $code }» нет. Есть: { $known }.
refused-campaign-promo-none = Промокода «{ $code }» нет: в плейбуке пока ни одного. Добавьте его в раздел <code>[[promo]]</code>.
refused-campaign-promo-over = Промокод «{ $code }» действует только по { $day }.
refused-campaign-promo-early = Промокод «{ $code }» действует с { $day }: назначьте рассылку на этот день или позже.
refused-campaign-promo-spent = Промокод «{ $code }» использован столько раз, сколько можно.
refused-campaign-past = Это время уже прошло. Назовите будущее или запустите сразу.
refused-campaign-time = Не понял время. Напишите день и час: «завтра в 12:00», «25 ноября 18:30».
refused-campaign-person = Никого не нашёл. Напишите номер карточки, имя или телефон иначе.
refused-campaign-not-running = Эта рассылка сейчас не идёт. Посмотрите, что с ней: /broadcasts
refused-campaign-not-paused = Эта рассылка не приостановлена. Посмотрите, что с ней: /broadcasts
refused-campaign-not-over = Повторить можно завершённую рассылку. Дождитесь конца или отмените её.
refused-campaign-over = Эта рассылка уже закончилась.
refused-campaign-recall = Отзывать нечего: рассылка ещё не отправлялась или уже отозвана.
refused-placeholder = Подстановки <code>{ $open }{ $what }{ $close }</code> нет. Есть: { $known }.
refused-placeholder-like = Подстановки <code>{ $open }{ $what }{ $close }</code> нет. Может быть, <code>{ $open }{ $nearest }{ $close }</code>? Исправьте и пришлите ещё раз.
refused-brace = Фигурная скобка без пары. Подстановка пишется так: <code>{ $open }name|друг{ $close }</code>; саму скобку в тексте лучше заменить на круглую.

menu-broadcast = Новая рассылка
menu-broadcasts = Рассылки: как идут, отчёты

# Отчёт о рассылке

campaign-fix = ✏️ Исправить
campaign-ask-fix = Пришлите новый текст: у тех, кто сообщение уже получил, оно изменится на глазах, остальные получат сразу новое. Фото и файлы остаются прежними.
campaign-which-text = Какой текст исправить?
campaign-corrected = ✏️ Исправляю: у получивших сообщение скоро изменится.
refused-campaign-correct = Исправлять нечего: сообщение ещё не отправлялось или уже отозвано.
campaign-report = 📊 Отчёт
campaign-people = 👥 По людям
campaign-sheet = 📄 XLSX
campaign-picture = 🖼 Картинка
campaign-making = Готовлю, пришлю сюда
campaign-did-presses = 👆 Нажали: { $count } ({ $share } %)
campaign-did-answers = 💬 Написали в ответ: { $count } ({ $share } %)
campaign-did-purchases = 🛍 Купили: { $count } ({ $share } %)
campaign-did-unsubscribed = 🔕 Отписались: { $count } ({ $share } %)
campaign-unseen = нажатий Telegram не сообщает
campaign-not-reached = Кому не ушло и почему:
campaign-better = 🏆 Вариант { $name } лучше ({ $metric }): случайно такое бывает в { $share } % проб.
campaign-not-better = 🤝 Победителя нет. Впереди { $name } ({ $metric }), но такая разница бывает и случайно: в { $share } % проб.
campaign-nothing-yet = 🤝 Сравнивать пока нечего ({ $metric }).
campaign-revenue = За { $days } дней после сообщения купили { $buyers ->
    [one] { $buyers } человек
    [few] { $buyers } человека
   *[many] { $buyers } человек
}, на { $sum }
campaign-beside = 🎛 В контрольной группе ({ $people }) купили { $buyers }, на { $sum }: { $beside } % против { $share } % у получивших.
campaign-extra = ➕ Рассылка принесла примерно { $sum } сверх того, что купили бы и без неё (случайно такая разница в покупателях бывает в { $share } % случаев).
campaign-extra-chance = ≈ Разница с контрольной группой: { $sum }. Она может быть и случайной: такая бывает в { $share } % случаев.
campaign-state-planned = ждёт очереди
campaign-state-waiting = ждёт победителя
campaign-state-queued = в очереди на отправку
campaign-state-sent = отправлено
campaign-state-failed = не доставлено
campaign-state-unknown = неизвестно, дошло ли
campaign-state-skipped = не отправляли
campaign-state-cancelled = отменено
campaign-state-control = контрольная группа
campaign-why-no-consent = нет согласия
campaign-why-unreachable = бот не может написать
campaign-why-paused = человек попросил паузу
campaign-why-topic = отказ от темы
campaign-why-topic-off = отказ от темы
campaign-why-spam = спам
campaign-why-cap = недавно уже получал
campaign-why-gap = слишком скоро после прошлого
campaign-why-quiet-hours = тихие часы
campaign-why-day-off = выходной
campaign-why-too-late = время вышло
campaign-why-outdone = ушло более важное
campaign-why-blocked = заблокировал бота
campaign-why-deactivated = удалил аккаунт
campaign-why-not-found = чат не найден
campaign-why-never-started = не запускал бота
campaign-why-refused = Telegram отказал
campaign-why-mistake = сообщение не собралось
campaign-why-doubt = связь оборвалась во время отправки
campaign-chart-of = Отправлено: { $count }
campaign-chart-sent = Отправлено
campaign-chart-presses = Нажали
campaign-chart-answers = Ответили
campaign-chart-purchases = Купили
campaign-chart-unsubscribed = Отписались
campaign-column-contact = Карточка
campaign-column-name = Имя
campaign-column-username = Ник
campaign-column-variant = Вариант
campaign-column-state = Что стало
campaign-column-reason = Почему
campaign-column-sent = Отправлено
campaign-column-pressed = Нажал
campaign-column-replied = Ответил
campaign-column-unsubscribed = Отписался
campaign-column-recalled = Отозвано
campaign-column-revenue = Купил на
