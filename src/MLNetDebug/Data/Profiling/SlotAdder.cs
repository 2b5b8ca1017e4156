namespace MLNetDebug.Data;

/// <summary>Adds the values of one slot one by one: the way for slots with NaN or infinite values in a block.</summary>
internal struct SlotAdder(double shift, double previous)
{
    public BlockSums Sums = new() { Shift = shift };
    private double _previous = previous - shift;

    public void Add(double value, LaneMoments lane, int slot, long position)
    {
        ref var moments = ref lane.Slots[slot];
        if (!double.IsFinite(value))
        {
            _previous = double.NaN;
            if (double.IsNaN(value))
            {
                moments.Missing++;
                lane.NoteMissing(slot, position);
                return;
            }

            moments.PositiveInfinities += value > 0 ? 1 : 0;
            moments.NegativeInfinities += value < 0 ? 1 : 0;
            lane.NoteInfinite(slot, position);
            return;
        }

        moments.Min = Math.Min(moments.Min, value);
        moments.Max = Math.Max(moments.Max, value);
        moments.Zeros += value == 0 ? 1 : 0;
        var centred = value - Sums.Shift;
        Sums.Finite++;
        Sums.Sum += centred;
        Sums.Squares += centred * centred;
        if (double.IsFinite(_previous))
        {
            Sums.PairProducts += centred * _previous;
            Sums.PairSums += centred + _previous;
            Sums.Pairs++;
        }

        _previous = centred;
    }
}
