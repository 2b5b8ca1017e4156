using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.TorchSharp.NasBert;

/// <summary>
/// What the networks' trainers have in common, in the order in which they do it: one pass that counts, then one per epoch, a step whenever a batch is full, the progress
/// channel whose action closes over the object that trains.
/// </summary>
public abstract class TrainerStandIn(IHostEnvironment environment, StandInOptions options)
{
    private protected readonly IHost Host = environment.Register("TorchSharpBaseTrainer");
    internal readonly StandInOptions Option = options;

    /// <summary>Letters a text is told apart by.</summary>
    public const int Inputs = 27;

    /// <summary>Steps taken in the last fit.</summary>
    public int Steps { get; private protected set; }

    private protected abstract int CountClasses(IDataView input);

    private protected abstract float LossGradient(Tensor logits, IReadOnlyList<double> labels, float[] atLogits);

    private protected abstract Func<double> LabelReader(DataViewRow row);

    private protected NetworkTransformer Train(IDataView input)
    {
        using var channel = Host.Start("TrainModel");
        using var progress = Host.StartProgressChannel("Training model");
        var trainer = new Trainer(new Network(Inputs, CountClasses(input), 1), Option.LearningRate[0]);
        progress.SetHeader(new ProgressHeader(["Accuracy"], null), e => e.SetMetric(0, trainer.Accuracy));
        for (var epoch = 0; epoch < Option.MaxEpoch; epoch++)
            Epoch(trainer, input, channel);
        Steps = trainer.Updates;
        return new NetworkTransformer(trainer.Model, Option);
    }

    /// <summary>Letters of a text, as shares of its length, and a one.</summary>
    internal static void Encode(ReadOnlySpan<char> text, Span<float> into)
    {
        into.Clear();
        foreach (var c in text)
        {
            if (char.ToLowerInvariant(c) is >= 'a' and <= 'z' and var letter)
                into[letter - 'a'] += 10f / text.Length;
        }

        into[^1] = 1;
    }

    private void Epoch(Trainer trainer, IDataView input, IChannel channel)
    {
        var schema = input.Schema;
        using var cursor = input.GetRowCursor([schema[Option.Sentence1ColumnName], schema[Option.LabelColumnName]]);
        var text = cursor.GetGetter<ReadOnlyMemory<char>>(schema[Option.Sentence1ColumnName]);
        var label = LabelReader(cursor);
        var more = true;
        while (more)
        {
            var (rows, labels) = (new List<float[]>(), new List<double>());
            while (rows.Count < Option.BatchSize && (more = cursor.MoveNext()))
            {
                ReadOnlyMemory<char> sentence = default;
                text(ref sentence);
                var encoded = new float[Inputs];
                Encode(sentence.Span, encoded);
                rows.Add(encoded);
                labels.Add(label());
            }

            if (rows.Count > 0)
                Step(trainer, rows, labels, channel);
        }
    }

    private void Step(Trainer trainer, List<float[]> rows, List<double> labels, IChannel channel)
    {
        trainer.Updates++;
        var batch = new Tensor([.. rows.SelectMany(r => r)], rows.Count, Inputs);
        var logits = trainer.Model.Head.call(batch);
        var atLogits = new float[logits.Values.Length];
        var loss = LossGradient(logits, labels, atLogits);
        trainer.Model.Head.Backward(batch, atLogits);
        trainer.Model.Head.Step(Option.LearningRate[0]);
        if (trainer.Updates % Option.LogEveryNStep == 0)
            channel.Info(MessageSensitivity.None, $"Row: {trainer.Updates}, Loss: {loss}");
    }

    /// <summary>The object that trains; its members have the names that are looked up.</summary>
    public sealed class Trainer(Network model, double rate)
    {
        public Network Model = model;
        public ConstantRate LearningRateScheduler = new(rate);
        public int Updates;
        public float Accuracy;
    }
}
