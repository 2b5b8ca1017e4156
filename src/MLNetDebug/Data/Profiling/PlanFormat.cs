namespace MLNetDebug.Data;

/// <summary>Writes and reads what is known of a column; its place in a row is computed anew.</summary>
internal static class PlanFormat
{
    public static void Write(ColumnPlan plan, BinaryWriter writer)
    {
        writer.Write(plan.Name);
        writer.Write(plan.Index);
        writer.Write((int)plan.Kind);
        writer.Write(plan.TypeText);
        writer.Write((int)plan.Role);
        foreach (var flag in (ReadOnlySpan<bool>)[plan.IsVector, plan.IsSingle, plan.IsNormalized, plan.HasKeyValues, plan.HasCodes])
            writer.Write(flag);
        writer.Write(plan.KeyCount is not null);
        writer.Write(plan.KeyCount ?? 0);
        writer.Write(plan.CategoricalRanges.Count);
        foreach (var (first, last) in plan.CategoricalRanges)
        {
            writer.Write(first);
            writer.Write(last);
        }

        writer.Write(plan.SlotNames is not null);
        if (plan.SlotNames is not null)
            StateFormat.WriteTexts([.. plan.SlotNames.Select(n => n ?? string.Empty)], writer);
        writer.Write(plan.NotCheckedReason is not null);
        writer.Write(plan.NotCheckedReason ?? string.Empty);
        writer.Write(plan.Width);
        writer.Write(plan.LaneWidth);
        writer.Write(plan.CodeWidth);
        writer.Write((byte)plan.Lane);
    }

    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public static ColumnPlan Read(BinaryReader reader)
    {
        var (name, index, kind) = (reader.ReadString(), reader.ReadInt32(), (ColumnKind)reader.ReadInt32());
        var (type, role) = (reader.ReadString(), (ColumnRole)reader.ReadInt32());
        var (vector, single, normalized, keyValues, codes) =
            (reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean());
        var (hasCount, count) = (reader.ReadBoolean(), reader.ReadUInt64());
        var ranges = new List<(int, int)>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            ranges.Add((reader.ReadInt32(), reader.ReadInt32()));
        string?[]? names = reader.ReadBoolean() ? [.. StateFormat.ReadTexts(reader)] : null;
        var (hasReason, reason) = (reader.ReadBoolean(), reader.ReadString());
        var (width, laneWidth, codeWidth, lane) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), (Lane)reader.ReadByte());
        if (!Enum.IsDefined(kind) || !Enum.IsDefined(role) || !Enum.IsDefined(lane) || width < 0 || codeWidth < 0
            || (names is not null && names.Length != width) || (kind == ColumnKind.Text && lane != Lane.None && !codes)
            || laneWidth < 0 || laneWidth > width || (laneWidth < width && (lane != Lane.Single || !codes || kind == ColumnKind.Text))
            || (codes && codeWidth < (laneWidth < width ? 1 : Math.Max(1, width))))
            throw new InvalidDataException($"A saved profile holds a column '{name}' that is not possible.");
        return new ColumnPlan
        {
            Name = name,
            Index = index,
            Kind = kind,
            TypeText = type,
            Role = role,
            IsVector = vector,
            IsSingle = single,
            IsNormalized = normalized,
            HasKeyValues = keyValues,
            HasCodes = codes,
            KeyCount = hasCount ? count : null,
            CategoricalRanges = ranges,
            SlotNames = names,
            NotCheckedReason = hasReason ? reason : null,
            Width = width,
            LaneWidth = laneWidth,
            CodeWidth = codeWidth,
            Lane = lane,
        };
    }
}
