namespace MLNetDebug.Data;

/// <summary>The moments of all slots of one lane, fed block by block in row order.</summary>
internal abstract class LaneMoments
{
    /// <summary>At most so many row positions are kept per slot and kind of bad value.</summary>
    public const int MaxRows = 5;

    private readonly Dictionary<int, List<long>> _missingRows = [];
    private readonly Dictionary<int, List<long>> _infiniteRows = [];

    protected LaneMoments(int width, int stride)
    {
        Width = width;
        Stride = stride;
        Slots = new SlotMoments[width];
        Array.Fill(Slots, SlotMoments.Empty);
        Shifts = new double[stride];
    }

    /// <summary>Slots of the lane.</summary>
    public int Width { get; }

    public SlotMoments[] Slots { get; }

    public IReadOnlyDictionary<int, List<long>> MissingRows => _missingRows;

    public IReadOnlyDictionary<int, List<long>> InfiniteRows => _infiniteRows;

    /// <summary>Cells per row in a block.</summary>
    protected int Stride { get; }

    /// <summary>Per slot a value near its mean, subtracted before anything is summed.</summary>
    protected double[] Shifts { get; }

    /// <summary>Rows seen.</summary>
    protected long Rows { get; set; }

    public void NoteMissing(int slot, long position) => Note(_missingRows, slot, position);

    public void NoteInfinite(int slot, long position) => Note(_infiniteRows, slot, position);

    /// <summary>Appends the lane of the rows that follow.</summary>
    public void Append(LaneMoments later, bool adjacent)
    {
        // A part without rows has no last one: what follows it is next to what stood before.
        if (later.Rows == 0)
            return;
        for (var slot = 0; slot < Width; slot++)
            Slots[slot].Append(in later.Slots[slot], adjacent && Rows > 0 && later.Rows > 0, Rows == 0);
        AppendRows(later._missingRows, _missingRows);
        AppendRows(later._infiniteRows, _infiniteRows);
        Rows += later.Rows;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Rows);
        foreach (ref readonly var slot in Slots.AsSpan())
            slot.Write(writer);
        WriteRows(writer, _missingRows);
        WriteRows(writer, _infiniteRows);
    }

    /// <summary>Reads what <see cref="Write"/> wrote into a lane of the same width.</summary>
    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public void Read(BinaryReader reader)
    {
        Rows = reader.ReadInt64();
        foreach (ref var slot in Slots.AsSpan())
            slot = SlotMoments.Read(reader);
        ReadRows(reader, _missingRows);
        ReadRows(reader, _infiniteRows);
    }

    private static void WriteRows(BinaryWriter writer, Dictionary<int, List<long>> rows)
    {
        writer.Write(rows.Count);
        foreach (var (slot, positions) in rows.OrderBy(p => p.Key))
        {
            writer.Write(slot);
            BinaryArrays.Write<long>(writer, positions.ToArray());
        }
    }

    private static void ReadRows(BinaryReader reader, Dictionary<int, List<long>> rows)
    {
        for (var left = reader.ReadInt32(); left > 0; left--)
            rows[reader.ReadInt32()] = [.. BinaryArrays.Read<long>(reader)];
    }

    private static void AppendRows(Dictionary<int, List<long>> from, Dictionary<int, List<long>> to)
    {
        foreach (var (slot, positions) in from)
        {
            foreach (var position in positions)
                Note(to, slot, position);
        }
    }

    private static void Note(Dictionary<int, List<long>> rows, int slot, long position)
    {
        if (!rows.TryGetValue(slot, out var list))
            rows[slot] = list = new List<long>(1);
        if (list.Count < MaxRows)
            list.Add(position);
    }
}
