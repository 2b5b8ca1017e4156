using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models.Saved;

/// <summary>
/// The network of a saved chain that ML.NET loaded. Its weights come along with each row, as text; they are read when the first row comes and found again by the identity of the text, which ML.NET hands on without
/// copying it. All threads and engines of a loaded model share one, and it goes when the model does.
/// </summary>
internal sealed class SavedNetwork
{
    private static readonly ConditionalWeakTable<object, SavedNetwork> Read = [];
    private static readonly Lock Reading = new();

    private readonly TorchModelParameters _model;
    private readonly ConcurrentBag<ScoringBatch> _rows = [];

    private SavedNetwork(ReadOnlySpan<ReadOnlyMemory<char>> texts) => _model = WeightReader.Read(WeightTexts.Decode(texts)).Model;

    private (object? Text, int Start, int Length)[] Identity { get; init; } = [];

    /// <summary>Scores one row.</summary>
    /// <param name="source">The row, and the weights.</param>
    /// <param name="isOf">What the model may have learned to fit the stages that follow.</param>
    /// <returns>The answers, to be handed back.</returns>
    public static (SavedNetwork Network, ScoringBatch Row) Score(WeightSource source, Func<TorchTask, bool> isOf)
    {
        var network = Of(in source.Weights);
        if (!isOf(network._model.Task))
            throw WeightReader.Damaged($"the weights of network '{network._model.Network.Name}' are those of another task ({network._model.Task}) than the stages around them");
        if (!network._rows.TryTake(out var row))
            row = new ScoringBatch(network._model, 1);
        VectorReader.Write(in source.Features, row.Input, network._model.Slots, network._model.FeatureColumn);
        row.Score(1);
        return (network, row);
    }

    /// <summary>Takes a row back, for the next one to be scored by whatever thread.</summary>
    public void Return(ScoringBatch row) => _rows.Add(row);

    private static SavedNetwork Of(in VBuffer<ReadOnlyMemory<char>> weights)
    {
        var texts = weights.IsDense ? weights.GetValues() : weights.DenseValues().ToArray();
        var key = texts.Length == 0 ? null : IdentityOf(texts[0]).Text;
        if (key is null)
            return new SavedNetwork(texts);
        if (Read.TryGetValue(key, out var known) && known.Holds(texts))
            return known;
        lock (Reading)
        {
            if (Read.TryGetValue(key, out known) && known.Holds(texts))
                return known;
            var network = new SavedNetwork(texts) { Identity = [.. texts.ToArray().Select(IdentityOf)] };
            Read.AddOrUpdate(key, network);
            return network;
        }
    }

    private static (object? Text, int Start, int Length) IdentityOf(ReadOnlyMemory<char> text)
    {
        if (MemoryMarshal.TryGetString(text, out var whole, out var start, out var length))
            return (whole, start, length);
        return MemoryMarshal.TryGetArray(text, out var part) ? (part.Array, part.Offset, part.Count) : default;
    }

    private bool Holds(ReadOnlySpan<ReadOnlyMemory<char>> texts)
    {
        if (texts.Length != Identity.Length)
            return false;
        for (var i = 0; i < texts.Length; i++)
        {
            var (text, start, length) = IdentityOf(texts[i]);
            if (!ReferenceEquals(text, Identity[i].Text) || start != Identity[i].Start || length != Identity[i].Length)
                return false;
        }

        return true;
    }
}
