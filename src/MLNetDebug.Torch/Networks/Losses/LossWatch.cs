using MLNetDebug.Pipeline;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Losses;

/// <summary>Judges calls of a loss and keeps what was found.</summary>
internal sealed class LossWatch
{
    /// <summary>The rules that judge a loss by what it is fed; the others need the network.</summary>
    public static readonly IReadOnlySet<string> RuleIds = new HashSet<string>
    {
        MLNetDebug.RuleIds.ActivationBeforeSoftmax, MLNetDebug.RuleIds.ProbabilitiesIntoCrossEntropy, MLNetDebug.RuleIds.LogitsIntoProbabilityLoss, MLNetDebug.RuleIds.OutputRange,
        MLNetDebug.RuleIds.DivergenceInput, MLNetDebug.RuleIds.DivergenceTarget, MLNetDebug.RuleIds.BroadcastLoss, MLNetDebug.RuleIds.SummedLoss, MLNetDebug.RuleIds.OneClassSoftmax,
        MLNetDebug.RuleIds.InitialLoss,
    };

    private const string NoStep = "no loss was returned. Mend them, or pass FailOn = Severity.None to train all the same";
    private const string Thrown = "the loss itself threw because of them";

    // What these find makes the loss throw; what others find does not.
    private static readonly HashSet<string> Explaining = [MLNetDebug.RuleIds.LogitsIntoProbabilityLoss, MLNetDebug.RuleIds.BroadcastLoss, MLNetDebug.RuleIds.OneClassSoftmax];

    private readonly LossFunction _loss;
    private readonly DiagnosedLossOptions _options;
    private readonly RuleEngine _engine;
    private readonly Dictionary<(string Rule, Subject Subject), Finding> _findings = [];
    private readonly HashSet<string> _told = [];

    /// <exception cref="ArgumentException">An option is wrong.</exception>
    public LossWatch(LossFunction loss, DiagnosedLossOptions options)
    {
        RuleSelectionChecks.ThrowIfNull((nameof(options.Silence), options.Silence), (nameof(options.Severities), options.Severities?.Keys), (nameof(options.RuleOptions), options.RuleOptions));
        var errors = OptionsValidation.Errors(options).Concat(RuleSelectionChecks.Errors(options.Silence, options.Severities!, [])).ToArray();
        if (errors.Length > 0)
            throw new ArgumentException("Invalid options: " + string.Join(" ", errors), nameof(options));
        (_loss, _options) = (loss, options);
        var overrides = new Dictionary<string, Severity>(options.Severities!);
        foreach (var id in options.Silence)
            overrides[id] = Severity.None;
        _engine = new RuleEngine(RuleCatalog.Create(typeof(LossWatch).Assembly, options.RuleOptions).Where(r => RuleIds.Contains(r.Descriptor.Id)), overrides);
        Report = new DiagnosticReport { Title = "loss" };
    }

    public DiagnosticReport Report { get; private set; }

    public bool IsDue(long call) => call % _options.Every == 0;

    /// <summary>Looks at a call; what it returns is to be thrown.</summary>
    public DiagnosticException? Look(Tensor input, Tensor target, Tensor value, long call) =>
        Failure(Judge(input, target, value, null, call).Any(f => f.Severity >= _options.FailOn), NoStep, null);

    /// <summary>Says why a loss threw, where a rule knows; null where none does, or where nothing shall be thrown by rules.</summary>
    public DiagnosticException? Explain(Tensor input, Tensor target, Exception thrown, long call)
    {
        // What is wrong with the tensors themselves (null, disposed) is for the loss to say.
        if (input is not { IsInvalid: false } || target is not { IsInvalid: false })
            return null;
        return Failure(Judge(input, target, null, thrown, call).Any(f => Explaining.Contains(f.Rule.Id) && f.Severity >= _options.FailOn), Thrown, thrown);
    }

    private IReadOnlyList<Finding> Judge(Tensor input, Tensor target, Tensor? value, Exception? thrown, long call)
    {
        var profile = LossMeasurer.Describe(LossIdentity.Of(_loss.Module), _loss.Module, input, target, value, thrown) with { Call = call };
        var report = _engine.Judge("loss", new Measurements().With(new NetworkProfile { Network = profile.Name, Loss = profile, BatchSize = profile.Input.Shape.FirstOrDefault() }));
        var found = report.Findings.Select(f => f with { Subject = f.Subject with { Step = call } }).ToArray();
        // The first finding of a rule stands: it is nearest to the cause.
        foreach (var finding in found)
            _findings.TryAdd((finding.Rule.Id, finding.Subject with { Step = null }), finding);
        Report = report with { Findings = ReportOrder.Arrange(_findings.Values) };
        foreach (var finding in found.Where(f => _told.Add(f.Rule.Id)))
            _options.OnFinding?.Invoke(finding);
        return found;
    }

    private DiagnosticException? Failure(bool reaches, string consequence, Exception? thrown) =>
        reaches && _options.FailOn != Severity.None ? DiagnosticsRun.Failing(Report, _options.FailOn, consequence, thrown) : null;
}
