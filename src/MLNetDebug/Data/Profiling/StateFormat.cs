namespace MLNetDebug.Data;

/// <summary>Writes and reads the state of a profile, field by field.</summary>
internal static class StateFormat
{
    public static void Write(ProfileState state, BinaryWriter writer)
    {
        writer.Write(state.Name);
        DeclarationFormat.Write(state.Declaration, writer);
        writer.Write(state.FirstRow);
        writer.Write(state.RowCount);
        writer.Write(state.IsComplete);
        writer.Write(state.Layout.Columns.Count);
        foreach (var column in state.Layout.Columns)
            PlanFormat.Write(column, writer);
        writer.Write(state.Label is not null);
        writer.Write(state.LabelTexts is not null);
        state.LabelTexts?.Write(writer);
        state.Label?.Write(writer);
        state.Singles.Write(writer);
        state.Doubles.Write(writer);
        foreach (var column in state.Layout.Columns.Where(c => c.IsWide))
            state.WideLanes[column.Name].Write(writer);
        state.Sample.Write(writer);
        state.Fingerprints?.Write(writer);
        state.RowIds.Write(writer);
        writer.Write(state.Texts.Count);
        foreach (var (column, table) in state.Texts)
        {
            writer.Write(column);
            writer.Write(table.Texts.Count);
            foreach (var (code, text) in table.Texts)
            {
                writer.Write(code);
                writer.Write(text);
            }
        }
    }

    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public static ProfileState Read(BinaryReader reader)
    {
        var name = reader.ReadString();
        var declaration = DeclarationFormat.Read(reader);
        var (firstRow, rowCount, complete) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadBoolean());
        if (firstRow < 0 || rowCount < 0)
            throw new InvalidDataException("A saved profile holds a negative number of rows.");
        var columns = new List<ColumnPlan>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            columns.Add(PlanFormat.Read(reader));
        // Each slot has its moments in the file, so more slots than bytes are a lie that would cost memory.
        if (columns.Sum(c => (long)c.Width + c.CodeWidth) > reader.BaseStream.Length)
            throw new InvalidDataException("A saved profile says more slots than it holds.");
        var layout = RowLayout.Create(columns, declaration.Features);
        var hasLabel = reader.ReadBoolean();
        var labelTexts = reader.ReadBoolean() ? LabelTexts.Read(reader) : null;
        var label = hasLabel ? LabelAccumulator.Read(reader, labelTexts is null ? null : labelTexts.TextOf) : null;
        var state = new ProfileState(name, declaration, layout, firstRow, label, labelTexts) { RowCount = rowCount, IsComplete = complete };
        state.Singles.Read(reader);
        state.Doubles.Read(reader);
        foreach (var column in layout.Columns.Where(c => c.IsWide))
        {
            var lane = state.WideLanes[column.Name] = new WideLane(column.Width - column.LaneWidth);
            lane.Read(reader);
        }

        state.Sample.Read(reader, firstRow, rowCount);
        if (state.Fingerprints is not null)
            state.Fingerprints = FingerprintBuffer.Read(reader);
        state.RowIds = RowIdTracker.Read(reader);
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var table = state.Texts[reader.ReadString()] = new TextTable();
            for (var texts = reader.ReadInt32(); texts > 0; texts--)
                table.Add(reader.ReadUInt64(), reader.ReadString());
        }

        return state;
    }

    public static void WriteTexts(IReadOnlyCollection<string> texts, BinaryWriter writer)
    {
        writer.Write(texts.Count);
        foreach (var text in texts)
            writer.Write(text);
    }

    public static List<string> ReadTexts(BinaryReader reader)
    {
        var texts = new List<string>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            texts.Add(reader.ReadString());
        return texts;
    }
}
