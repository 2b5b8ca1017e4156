using MLNetDebug.Torch.Zoo.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Training;

/// <summary>Cuts the training rows into batches, epoch by epoch; rows left over at the end of one are not used in it.</summary>
internal sealed class RowOrder
{
    private readonly BatchOrder _order;
    private readonly NetworkDraw _draw;
    private readonly long _size;
    private readonly Tensor? _fixed;

    public RowOrder(BatchOrder order, NetworkDraw draw, int size)
    {
        (_order, _draw, _size) = (order, draw, Math.Min(size, draw.TrainX.shape[0]));
        _fixed = order switch
        {
            BatchOrder.Shuffled => null,
            BatchOrder.Fixed => randperm(draw.TrainX.shape[0], int64),
            // What one regresses on is sorted as labels are.
            _ => draw.TrainY.flatten().argsort(),
        };
    }

    public int Batches => (int)(_draw.TrainX.shape[0] / _size);

    public IEnumerable<(Tensor X, Tensor Y)> Epoch()
    {
        var rows = _fixed ?? randperm(_draw.TrainX.shape[0], int64);
        var batches = _order == BatchOrder.SortedWithinBatches ? randperm(Batches, int64).data<long>().ToArray() : [.. Enumerable.Range(0, Batches).Select(b => (long)b)];
        foreach (var batch in batches)
        {
            var chosen = rows[TensorIndex.Slice(batch * _size, (batch + 1) * _size)];
            yield return (_draw.TrainX[chosen], _draw.TrainY[chosen]);
        }
    }
}
