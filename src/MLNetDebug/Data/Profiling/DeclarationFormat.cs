namespace MLNetDebug.Data;

/// <summary>Writes and reads what the columns of a profile are for.</summary>
internal static class DeclarationFormat
{
    public static void Write(DataDeclaration declaration, BinaryWriter writer)
    {
        foreach (var name in new[] { declaration.Label, declaration.Group, declaration.Weight, declaration.Time })
            WriteOptional(name, writer);
        StateFormat.WriteTexts([.. declaration.Features], writer);
        StateFormat.WriteTexts([.. declaration.Assumptions], writer);
        writer.Write((int)declaration.Task);
        writer.Write(declaration.BatchSize);
        writer.Write(declaration.ExpectOrdered);
        WriteOptional(declaration.Trainer?.Name, writer);
        writer.Write((int)(declaration.Trainer?.Family ?? TrainerFamily.Unknown));
        writer.Write((sbyte)(declaration.Trainer?.NeedsNormalization switch { null => -1, false => 0, true => 1 }));
    }

    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public static DataDeclaration Read(BinaryReader reader)
    {
        var (label, group, weight, time) = (ReadOptional(reader), ReadOptional(reader), ReadOptional(reader), ReadOptional(reader));
        var (features, assumptions) = (StateFormat.ReadTexts(reader), StateFormat.ReadTexts(reader));
        var task = (LearningTask)reader.ReadInt32();
        var (batchSize, ordered) = (reader.ReadInt32(), reader.ReadBoolean());
        var trainer = ReadOptional(reader);
        var family = (TrainerFamily)reader.ReadInt32();
        bool? needs = reader.ReadSByte() switch { 0 => false, 1 => true, _ => null };
        if (!Enum.IsDefined(task) || !Enum.IsDefined(family) || batchSize < 1)
            throw new InvalidDataException("A saved profile holds a declaration that is not possible.");
        return new DataDeclaration
        {
            Label = label,
            Group = group,
            Weight = weight,
            Time = time,
            Features = features,
            Assumptions = assumptions,
            Task = task,
            BatchSize = batchSize,
            ExpectOrdered = ordered,
            Trainer = trainer is null ? null : new TrainerTraits(trainer, family, needs),
        };
    }

    private static void WriteOptional(string? text, BinaryWriter writer)
    {
        writer.Write(text is not null);
        if (text is not null)
            writer.Write(text);
    }

    private static string? ReadOptional(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}
