#include "app/cli/lesson_words.hpp"

namespace loopglass::cli {

namespace {

constexpr LessonWords kWords[] = {
    {"en",
     "Enter: step   b: back   t: timeline   n: next page   s: show the answer   c: compare   g: "
     "goal   "
     "g FILE: try it   h: hint   ?: this line   q: quit",
     "Yes: %s\n",
     "Not yet. Look at who is in line (t shows the timeline), and try once more.\n",
     "Type the number of your answer, 1 to %zu, or the answer itself.\n",
     "  (type your answer)\n",
     "It is: %s\n",
     "In this run: %s\n",
     "r: run it the way you thought\n",
     "There is no wrong answer here to run.\n",
     "This page compares nothing.\n",
     "Goal: %s\n",
     "Change the script in an editor, then type: g FILE   (h: a hint)\n",
     "This page has no goal.\n",
     "There is no hint.\n",
     "Reached!\n",
     "Not yet.\n",
     "The first difference is marked.\n",
     "Side by side: %s   (c)\n",
     "\n== %s\n%s\n",
     "This was the last page.\n",
     "the true run",
     "your rule",
     "%s\n"},
    {"de",
     "Enter: Schritt   b: zurück   t: Zeitachse   n: nächste Seite   s: Antwort zeigen   c: "
     "vergleichen   g: Ziel   "
     "g DATEI: versuchen   h: Hinweis   ?: diese Zeile   q: Ende",
     "Ja: %s\n",
     "Noch nicht. Sieh nach, wer in der Reihe steht (t zeigt die Zeitachse), und versuche es noch "
     "einmal.\n",
     "Gib die Nummer deiner Antwort ein, 1 bis %zu, oder die Antwort selbst.\n",
     "  (schreibe deine Antwort)\n",
     "Es ist: %s\n",
     "In diesem Lauf: %s\n",
     "r: lass es so laufen, wie du dachtest\n",
     "Hier gibt es keine falsche Antwort, die laufen könnte.\n",
     "Diese Seite vergleicht nichts.\n",
     "Ziel: %s\n",
     "Ändere das Skript in einem Editor, dann: g DATEI   (h: ein Hinweis)\n",
     "Diese Seite hat kein Ziel.\n",
     "Es gibt keinen Hinweis.\n",
     "Erreicht!\n",
     "Noch nicht.\n",
     "Der erste Unterschied ist markiert.\n",
     "Nebeneinander: %s   (c)\n",
     "\n== %s\n%s\n",
     "Das war die letzte Seite.\n",
     "der wahre Lauf",
     "deine Regel",
     "%s\n"},
};

}  // namespace

const LessonWords& lesson_words(std::string_view language) {
    for (const LessonWords& words : kWords)
        if (words.language == language) return words;
    return kWords[0];
}

}  // namespace loopglass::cli
