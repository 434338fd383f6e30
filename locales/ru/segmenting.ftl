people-count = { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[other] { $count } человек
}
segments-none = Сохранённых сегментов пока нет. Найдите людей через /find и сохраните поиск — или соберите вопрос кнопками. Одной строкой: /segment сохранить постоянные заявки>=2.
segments-all = { $count ->
    [one] { $count } сегмент. Сегмент — это сохранённый вопрос: он всегда находит тех, кто подходит сейчас.
    [few] { $count } сегмента. Сегмент — это сохранённый вопрос: он всегда находит тех, кто подходит сейчас.
   *[other] { $count } сегментов. Сегмент — это сохранённый вопрос: он всегда находит тех, кто подходит сейчас.
}
segment-build = 🧩 Собрать кнопками
segment-is-list = 📋 Список: людей в него добавляют вручную.
segment-growth = { $change } за { $days } дн.
segment-people = 📇 Показать
segment-overlap = ⚖️ Сравнить
segment-rename = ✏️ Переименовать
segment-delete = 🗑 Удалить
segment-to-all = ☰ Все сегменты
segment-back = ← Назад
segment-alone = Сравнить не с чем: других сегментов нет.
segment-overlap-with = Сравнить «{ $name }» с сегментом:
overlap-both = В обоих: { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[other] { $count } человек
} ({ $one } и { $other })
overlap-only = Только в «{ $name }»: { $count }
segment-ask-name = Как назовём? Сохраняется вопрос, поэтому люди в сегменте всегда сегодняшние.
    <code>{ $query }</code>
segment-ask-new-name = Как теперь назвать «{ $name }»?
list-ask-name = Как назвать новый список?
segment-keep = 💾 Сохранить
segment-rename-to = Переименовать «{ $old }» в «{ $new }»?
segment-rename-yes = ✏️ Переименовать
segment-kept = 💾 Сохранено: <b>{ $name }</b>
segment-open = Открыть
segment-delete-sure = Удалить сегмент «{ $name }»? Люди останутся как есть.
segment-delete-yes = 🗑 Удалить сегмент
segment-deleted = Сегмент «{ $name }» удалён. Люди остались.
segment-save = 💾 Сохранить сегментом
segment-usage = Напишите одно из этого или жмите кнопки под /segment:
    /segment список
    /segment сохранить постоянные заявки>=2
    /segment показать постоянные
    /segment пересечение постоянные вип
    /segment переименовать постоянные «наши люди»
    /segment удалить постоянные
lists-of = Списки, в которых состоит { $name }. Нажмите, чтобы добавить или убрать.
lists-none = Списков пока нет. Заведите первый: { $name } сразу окажется в нём.
list-new = ➕ Новый список
button-lists = 📋 Списки
list-on = В списке
list-off = Больше не в списке
filters = 🔎 Фильтры
filters-show = 📇 Показать
filters-other = ← Другие фильтры
filters-to-list = 📋 В список
filters-everybody = 🔎 Все
filter-tag = # Метки
filter-status = Статус
filter-language = Язык
filter-source = Источник
filter-nothing = Здесь не из чего выбирать
bulk-act = ⚡ Все { $count }…
bulk-what = Что сделать со всеми?
bulk-menu-tag = ➕ Поставить метку
bulk-menu-untag = ➖ Снять метку
bulk-menu-owner = 👤 Назначить
bulk-menu-status = Изменить статус
bulk-menu-field = Заполнить поле
bulk-menu-list = 📋 Добавить в список
bulk-menu-unlist = Убрать из списка
bulk-menu-delete = 🗑 Удалить карточки
bulk-which-tag = Какую метку?
bulk-which-untag = Какую метку снять?
bulk-which-owner = Кто будет их вести?
bulk-which-status = Какой статус? Правила его потом не изменят.
bulk-which-field = Какое поле?
bulk-which-list = В какой список?
bulk-which-unlist = Из какого списка?
bulk-which-value = Какое значение?
bulk-which-none = Здесь не из чего выбирать.
bulk-press = Выберите кнопкой.
bulk-press-or-type = Выберите кнопкой; чтобы написать самим, нажмите «{ $type }».
bulk-type-tag = ✏️ Другая метка
bulk-type-list = ➕ Новый список
bulk-type-field = ✏️ Написать
bulk-empty = Оставить пустым
bulk-ask-tag = Какую метку? Напишите одну.
bulk-ask-list = Как назвать новый список?
bulk-ask-field = { $field }: что записать всем?
bulk-back = ← Назад
bulk-count = 👥 Посчитать, кого это коснётся
bulk-yes = ✅ Сделать для всех ({ $count })
bulk-no-consent = { $count ->
    [one] { $count } из них не давал согласия на хранение личных данных: эта карточка не изменится.
    [few] { $count } из них не давали согласия на хранение личных данных: эти карточки не изменятся.
   *[other] { $count } из них не давали согласия на хранение личных данных: эти карточки не изменятся.
}
bulk-delete-what = Вместе с ними уйдут заявки, заметки, история и задачи. Вернуть всё можно 30 дней через /undo.
bulk-delete-next = 🗑 Удалить…
bulk-delete-sure = { $count ->
    [one] Точно удалить { $count } карточку?
    [few] Точно удалить { $count } карточки?
   *[other] Точно удалить { $count } карточек?
}
bulk-delete-yes = { $count ->
    [one] 🗑 Да, удалить { $count } карточку
    [few] 🗑 Да, удалить { $count } карточки
   *[other] 🗑 Да, удалить { $count } карточек
}
bulk-progress = { $done } из { $of }
bulk-stop = ✋ Остановить и вернуть
bulk-undoing = ↩️ Возвращаю как было…
bulk-undone = ↩️ Отменено: всё, как было. Если кто-то с тех пор менял то же самое, его правки остались.
bulk-done = ✅ Готово: { $count ->
    [one] изменена { $count } карточка
    [few] изменены { $count } карточки
   *[other] изменено { $count } карточек
}.
bulk-deleted = 🗑 { $count ->
    [one] Удалена { $count } карточка
    [few] Удалены { $count } карточки
   *[other] Удалено { $count } карточек
}.
bulk-same = { $count ->
    [one] { $count } карточке это не понадобилось.
   *[other] { $count } карточкам это не понадобилось.
}
bulk-undo = ↩️ Отменить
bulk-do-tag = ➕ Метка #{ $what }
bulk-do-untag = ➖ Метка #{ $what }
bulk-do-owner = 👤 Ведёт: { $what }
bulk-do-owner-none = 👤 Никто не ведёт
bulk-do-status = Статус: { $what }
bulk-do-field = { $field }: { $what }
bulk-do-field-none = { $field }: пусто
bulk-do-list = 📋 В список «{ $what }»
bulk-do-unlist = 📋 Из списка «{ $what }»
bulk-do-delete = 🗑 Удалить карточки
undo-none = Отменять нечего: многим сразу ничего не меняли.
undo-latest = Последние изменения
undo-running = идёт
undo-undoing = отменяется
undo-undone = отменено
menu-segment = Сохранённые сегменты
menu-undo = Отменить массовое изменение
refused-query-doubtful = Часть этой строки не удалось прочитать, поэтому по ней ничего не делаю. Сначала поправьте строку.
refused-query-long = Для одной строки слишком много условий. Уберите лишние.
refused-segment-gone = Этого сегмента больше нет. Все сегменты: /segment.
refused-segment-broken = Вопрос сегмента «{ $name }» больше не читается: поля, о котором он спрашивает, нет. Сохраните его заново.
refused-segment-unknown = Сегмента «{ $name }» нет. Все сегменты: /segment.
refused-segment-two = Назовите два сегмента: /segment пересечение постоянные вип. Все сегменты: /segment.
refused-segment-live = «{ $name }» — это вопрос, а не список: вручную в него не добавляют.
refused-segment-query = Вопрос пуст или слишком длинный. Например: заявки>=2.
refused-segment-taken = Название «{ $name }» занято. Выберите другое.
refused-segment-many = Сегментов уже { $most }. Удалите ненужные.
refused-segment-name = В названии должна быть хотя бы одна буква и не больше { $most }. Напишите другое.
refused-bulk-nobody = Менять больше некого.
refused-bulk-many = Нашлось больше людей, чем показывает поиск по словам. Сузьте его фильтром, тогда можно менять.
refused-bulk-over = Это уже закончилось.
refused-bulk-undone = Это уже отменено.
refused-bulk-running = Это ещё идёт. Сначала остановите.
refused-bulk-old = Прошло больше { $days } дней: этих карточек больше нет совсем.
refused-bulk-value = Для этого поля так не подходит. Напишите, как пишут на карточке, или выберите другое поле.
staff-help-base =
    <b>База</b>
    /find город:Киев покупки&gt;=2: вопрос о базе; /segment: сохранить его, собрать кнопками
    Под найденным: действие сразу для всех; /undo вернёт как было
    Пришлите файл Excel, CSV или контакты: загружу людей; /imports: прошлые загрузки
    /rfm, /abc: кто ваши покупатели; /quality: что в базе не так
    /surveys: что о вас думают, /surveys слово ищет в ответах; /survey nps tag:vip задаёт опрос
