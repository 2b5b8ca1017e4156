using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;

namespace MLNetDebug.Guards;

/// <summary>Looks into a fitted model: its parameters, and what it says of sampled rows it was trained on.</summary>
internal sealed class ModelInspector(object trainer, GuardOptions options, Checked before)
{
    /// <summary>Scoring may take this share of the training's time, and <see cref="LeastTime"/> in any case.</summary>
    private const double TimeShare = 0.01;

    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(10);

    private readonly ClosedTrainer? _closed = ClosedTrainer.Of(trainer);

    public ModelProfile Inspect(ITransformer fitted, FitRun run, IDataView input, CancellationToken cancellation) => new()
    {
        Name = run.Trainer,
        Parameters = _closed is null ? PublicParameters.Of(fitted) : OfNetwork(fitted, input),
        Predictions = Predictions(fitted, run, input, cancellation),
        EndedEarly = run.Outcome == FitOutcome.Stopped ? $"after {Words.Number(run.Elapsed.TotalSeconds)} s, in pass {run.Passes}" : null,
        Penalties = HyperParameters.Penalties(trainer),
        IsConstantByDesign = run.Trainer == "PriorTrainer",
    };

    private ParameterProfile? OfNetwork(ITransformer fitted, IDataView input)
    {
        var (parameters, reason) = NetworkParameters.Of(_closed!, fitted, input.Schema);
        if (reason is not null)
            before.Context.NotChecked(new Subject(SubjectKind.Model, _closed!.Name), $"its weights: {reason}", RuleIds.DeadModel);
        return parameters;
    }

    private PredictionProfile? Predictions(ITransformer fitted, FitRun run, IDataView input, CancellationToken cancellation)
    {
        var place = new Subject(SubjectKind.Model, run.Trainer);
        if (_closed is { Kind: ClosedTrainerKind.NamedEntityRecognition or ClosedTrainerKind.QuestionAnswer or ClosedTrainerKind.ObjectDetection })
        {
            // A dead network gives tags of 0 and no boxes, all finite: only its weights tell.
            before.Context.NotChecked(place, "what it says of rows: tags, answers and boxes are not judged, only its weights", RuleIds.DeadModel);
            return null;
        }

        try
        {
            var sample = before.Sample ?? RowSample.OfFirstRows(input, before.Declaration, options, cancellation);
            var share = run.Elapsed * TimeShare;
            var scored = fitted.Transform(sample.ToView(share > LeastTime ? share : LeastTime));
            if (ScoreColumns.Of(scored.Schema, before.Declaration) is not { } columns)
            {
                before.Context.NotChecked(place, "what it says of rows: its output is no score of a kind that is known", RuleIds.DeadModel);
                return null;
            }

            var task = before.Declaration.Task == LearningTask.Unknown ? LearningTask.Ranking : before.Declaration.Task;
            var profile = new PredictionProfiler(new PredictionProfilerOptions { MeasuresCalibration = false }).Profile(scored, columns, task, "training data", null, cancellation);
            return profile with
            {
                IsComplete = profile.Rows == sample.Seen,
                Scores = profile.Scores with { NonFiniteRows = [.. profile.Scores.NonFiniteRows.Select(r => sample.Positions[(int)r]).Order()] },
            };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            before.Context.NotChecked(place, $"what it says of rows: sampled rows could not be scored ({e.Message.ReplaceLineEndings(" ")})", RuleIds.DeadModel);
            return null;
        }
    }
}
