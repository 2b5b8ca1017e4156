using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Zoo.Trainers;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards.Closed;

/// <summary>Texts with a target that is asked for anew whenever it is read.</summary>
internal sealed class WatchedTargets(Letters rows, Func<int, float> target)
{
    public IDataView ToView() => new MemoryView(
        rows.Rows, MemoryColumns.Text("Sentence1", rows.Texts),
        new MemoryColumn<float>("Label", NumberDataViewType.Single, (long row, ref float value) => value = target((int)row)));
}
