namespace MLNetDebug.Data;

/// <summary>What the schema says of the label column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="TypeText">Its ML.NET type as text.</param>
/// <param name="KeyCount">Declared number of keys; null for other kinds.</param>
/// <param name="HasKeyValues">True where a key carries its values.</param>
/// <param name="TextOf">How the user writes a class value; null where numbers speak for themselves.</param>
/// <param name="KeyTexts">The texts of keys 1, 2, ...; null where there are none.</param>
internal sealed record LabelColumn(
    string Name, ColumnKind Kind, string TypeText, ulong? KeyCount, bool HasKeyValues, Func<double, string>? TextOf, IReadOnlyList<string>? KeyTexts)
{
    /// <summary>The text a user knows a class value by.</summary>
    public string Text(double value)
    {
        if (TextOf is not null)
            return TextOf(value);
        if (Kind == ColumnKind.Boolean)
            return value == 0 ? "false" : "true";
        if (KeyTexts is not null && value >= 1 && value <= KeyTexts.Count)
            return KeyTexts[(int)value - 1];
        return value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Writes everything but <see cref="TextOf"/>.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Name);
        writer.Write((int)Kind);
        writer.Write(TypeText);
        writer.Write(KeyCount is not null);
        writer.Write(KeyCount ?? 0);
        writer.Write(HasKeyValues);
        writer.Write(KeyTexts?.Count ?? -1);
        foreach (var text in KeyTexts ?? [])
            writer.Write(text);
    }

    public static LabelColumn Read(BinaryReader reader, Func<double, string>? textOf)
    {
        var (name, kind, type) = (reader.ReadString(), (ColumnKind)reader.ReadInt32(), reader.ReadString());
        var hasCount = reader.ReadBoolean();
        var count = reader.ReadUInt64();
        var hasValues = reader.ReadBoolean();
        var length = reader.ReadInt32();
        var texts = length < 0 ? null : new List<string>();
        for (var i = 0; i < length; i++)
            texts!.Add(reader.ReadString());
        return new LabelColumn(name, kind, type, hasCount ? count : null, hasValues, textOf, texts);
    }
}
