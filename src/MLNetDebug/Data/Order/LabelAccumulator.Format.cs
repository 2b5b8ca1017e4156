namespace MLNetDebug.Data;

/// <content>How it is saved.</content>
internal sealed partial class LabelAccumulator
{
    /// <summary>Writes everything but <see cref="LabelColumn.TextOf"/>.</summary>
    public void Write(BinaryWriter writer)
    {
        _column.Write(writer);
        writer.Write(_batchSize);
        writer.Write(_firstRow);
        writer.Write(_nextRow);
        foreach (var count in (ReadOnlySpan<long>)[_nonInteger, _negative, _zeros, _positiveInfinities])
            writer.Write(count);
        writer.Write(_min);
        writer.Write(_max);
        _missing.Write(writer);
        _infinite.Write(writer);
        _classes.Write(writer);
        _batches.Write(writer);
        _blocks.Write(writer);
        _sequence.Write(writer);
        _runs.Write(writer);
        _lags.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The stream.</param>
    /// <param name="textOf">Texts of class values, where the column had them.</param>
    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public static LabelAccumulator Read(BinaryReader reader, Func<double, string>? textOf = null)
    {
        var column = LabelColumn.Read(reader, textOf);
        var batchSize = reader.ReadInt32();
        if (batchSize < 1)
            throw new InvalidDataException($"A saved profile has batches of {batchSize} rows.");
        return new LabelAccumulator(column, batchSize)
        {
            _firstRow = reader.ReadInt64(),
            _nextRow = reader.ReadInt64(),
            _nonInteger = reader.ReadInt64(),
            _negative = reader.ReadInt64(),
            _zeros = reader.ReadInt64(),
            _positiveInfinities = reader.ReadInt64(),
            _min = reader.ReadDouble(),
            _max = reader.ReadDouble(),
            _missing = RowList.Read(reader),
            _infinite = RowList.Read(reader),
            _classes = ClassTable.Read(reader),
            _batches = LabelBatches.Read(reader, batchSize),
            _blocks = PositionBlocks.Read(reader),
            _sequence = LabelSequence.Read(reader),
            _runs = LabelRuns.Read(reader),
            _lags = LagSums.Read(reader),
        };
    }
}
