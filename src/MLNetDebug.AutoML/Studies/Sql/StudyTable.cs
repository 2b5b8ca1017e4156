using MLNetDebug.Reports;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>A study as its row holds it.</summary>
internal sealed record StoredStudy(long Id, string Settings, DateTimeOffset Created);

/// <summary>The table of studies.</summary>
internal static class StudyTable
{
    private const int NamesTold = 20;

    /// <summary>Creates a study, or compares its settings with those it was created with.</summary>
    public static bool Open(StudyTransaction t, StudyDefinition definition)
    {
        var isNew = t.Execute(
            $"INSERT INTO {t["study"]} (name, settings, created) VALUES (@name, @settings, @created) ON CONFLICT (name) DO NOTHING",
            ("name", StoredText.Of(definition.Name)), ("settings", StoredText.Of(definition.Settings)), ("created", t.Now())) > 0;
        if (!isNew && SettingsDifference.Between(Find(t, definition.Name).Settings, definition.Settings) is { } difference)
        {
            throw new ArgumentException(
                $"The study '{SafeText.Line(definition.Name, 100)}' in {t.Database.Name} was created with other settings: {difference}. Give this sweep another name, or the settings of the study.",
                nameof(definition));
        }

        return isNew;
    }

    public static IReadOnlyList<string> Names(StudyTransaction t) => t.Query("study", $"SELECT name FROM {t["study"]} ORDER BY id", r => r.Text("name"));

    /// <exception cref="KeyNotFoundException">There is no such study.</exception>
    public static StoredStudy Find(StudyTransaction t, string name) => Select(t, name, "");

    /// <summary>The study's id; no other writer comes near the study until the transaction ends.</summary>
    /// <exception cref="KeyNotFoundException">There is no such study.</exception>
    public static long Lock(StudyTransaction t, string name) => Select(t, name, t.Database.RowLock).Id;

    private static StoredStudy Select(StudyTransaction t, string name, string rowLock)
    {
        var found = t.Query(
            "study", $"SELECT id, settings, created FROM {t["study"]} WHERE name = @name{rowLock}",
            r => new StoredStudy(r.Whole("id", long.MinValue, long.MaxValue), r.Text("settings"), r.Time("created")), ("name", StoredText.Of(name)));
        return found is [var study] ? study : throw Unknown(t, name);
    }

    private static KeyNotFoundException Unknown(StudyTransaction t, string name)
    {
        var names = Names(t);
        var more = names.Count > NamesTold ? $" and {names.Count - NamesTold} more" : "";
        var told = names.Count == 0 ? "no study at all" : string.Join(", ", names.Take(NamesTold).Select(n => $"'{SafeText.Line(n, 100)}'")) + more;
        return new KeyNotFoundException($"There is no study '{SafeText.Line(name, 100)}' in {t.Database.Name}; it has {told}.");
    }
}
