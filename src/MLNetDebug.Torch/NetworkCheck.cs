using System.Diagnostics;
using MLNetDebug.Data;
using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Losses;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch;

/// <summary>
/// Judges a network before its first step: one traced forward pass on one batch in the mode the network is in. Parameters, gradients, buffers, modes and the CPU's random state are afterwards what
/// they were, to the bit; what a network keeps in fields of its own, what its forward writes into parameters, and the random state of a GPU, which TorchSharp does not show, cannot be put back.
/// Weights that are zero or alike are tried in three steps of gradient descent, which are taken back as well. Call it where training would begin, with the optimizer and the loss that training will use.
/// </summary>
public static class NetworkCheck
{
    /// <summary>Checks a network of one input with a loss module.</summary>
    /// <param name="model">The network.</param>
    /// <param name="optimizer">The optimizer that will train it; null where there is none yet, and what concerns it is not checked.</param>
    /// <param name="loss">The loss, called with the network's output and the target.</param>
    /// <param name="batch">One batch of training data as training will hand it over, best shuffled and at least 32 rows.</param>
    /// <param name="options">What to check. Default: everything.</param>
    /// <returns>The report; nothing is thrown for what is found.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong; all errors are in one message.</exception>
    /// <exception cref="InvalidOperationException">The forward pass failed: the message says in which module and with which shapes.</exception>
    public static DiagnosticReport Run(
        nn.Module<Tensor, Tensor> model, optim.Optimizer? optimizer, nn.Module<Tensor, Tensor, Tensor> loss, (Tensor Input, Tensor Target) batch, NetworkCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch.Input);
        return Run(new NetworkUnderCheck(model, () => model.call(batch.Input), LossFunction.Of(loss), batch.Target, optimizer, options) { Inputs = [batch.Input] });
    }

    /// <summary>Checks a network of one input with a loss function, such as <c>functional.cross_entropy</c>.</summary>
    /// <inheritdoc cref="Run(nn.Module{Tensor, Tensor}, optim.Optimizer, nn.Module{Tensor, Tensor, Tensor}, ValueTuple{Tensor, Tensor}, NetworkCheckOptions)"/>
    public static DiagnosticReport Run(
        nn.Module<Tensor, Tensor> model, optim.Optimizer? optimizer, Func<Tensor, Tensor, Tensor> loss, (Tensor Input, Tensor Target) batch, NetworkCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch.Input);
        return Run(new NetworkUnderCheck(model, () => model.call(batch.Input), LossFunction.Of(loss), batch.Target, optimizer, options) { Inputs = [batch.Input] });
    }

    /// <summary>Checks a network of several inputs or outputs, with a loss module.</summary>
    /// <param name="model">The network.</param>
    /// <param name="optimizer">The optimizer that will train it, or null.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="forward">Runs the network on one batch, by <c>call</c>, and returns what the loss is given: <c>() =&gt; model.call(a, b)</c>.</param>
    /// <param name="target">The target of that batch.</param>
    /// <param name="options">What to check. Default: everything.</param>
    /// <inheritdoc cref="Run(nn.Module{Tensor, Tensor}, optim.Optimizer, nn.Module{Tensor, Tensor, Tensor}, ValueTuple{Tensor, Tensor}, NetworkCheckOptions)"/>
    public static DiagnosticReport Run(
        nn.Module model, optim.Optimizer? optimizer, nn.Module<Tensor, Tensor, Tensor> loss, Func<Tensor> forward, Tensor target, NetworkCheckOptions? options = null) =>
        Run(new NetworkUnderCheck(model, forward, LossFunction.Of(loss), target, optimizer, options));

    /// <summary>Checks a network of several inputs or outputs, with a loss function.</summary>
    /// <inheritdoc cref="Run(nn.Module, optim.Optimizer, nn.Module{Tensor, Tensor, Tensor}, Func{Tensor}, Tensor, NetworkCheckOptions)"/>
    public static DiagnosticReport Run(
        nn.Module model, optim.Optimizer? optimizer, Func<Tensor, Tensor, Tensor> loss, Func<Tensor> forward, Tensor target, NetworkCheckOptions? options = null) =>
        Run(new NetworkUnderCheck(model, forward, LossFunction.Of(loss), target, optimizer, options));

    private static DiagnosticReport Run(NetworkUnderCheck network)
    {
        ThrowIfInvalid(network.Options);
        var started = Stopwatch.GetTimestamp();
        var profile = NetworkProfiler.Profile(network);
        return Judge(profile, network.Options) with { Facts = Facts(profile), Timings = [new Timing(nameof(NetworkProfile), Stopwatch.GetElapsedTime(started))] };
    }

    private static Evidence[] Facts(NetworkProfile profile) =>
    [
        new("modules", profile.Modules.Count),
        new("parameters", profile.Parameters.Where(p => p.TiedTo is null).Sum(p => p.Facts.Count)),
        new("rows in the batch", profile.BatchSize),
    ];

    private static void ThrowIfInvalid(NetworkCheckOptions options)
    {
        RuleSelectionChecks.ThrowIfNull(
            (nameof(options.Silence), options.Silence), (nameof(options.Severities), options.Severities?.Keys), (nameof(options.RuleOptions), options.RuleOptions), (nameof(options.Rules), options.Rules),
            (nameof(options.MoreOptimizers), options.MoreOptimizers), (nameof(options.TiedParameters), options.TiedParameters));
        var errors = RuleSelectionChecks.Errors(options.Silence, options.Severities!, options.Rules).ToList();
        if (options.Recalibration is { } data && (data.Training is not { Count: > 0 } || data.Training.Any(b => b is null)))
            errors.Add($"{nameof(options.Recalibration)}.{nameof(data.Training)} must hold at least one batch, and no null.");
        if (errors.Count > 0)
            throw new ArgumentException("Invalid options: " + string.Join(" ", errors), nameof(options));
    }

    /// <summary>Lets the rules judge a profile that is there already.</summary>
    internal static DiagnosticReport Judge(NetworkProfile profile, NetworkCheckOptions options, string title = "network") =>
        new RuleEngine([.. RuleCatalog.Create(typeof(NetworkCheck).Assembly, options.RuleOptions), .. options.Rules], Overrides(options)).Judge(title, new Measurements().With(profile), NotSeen(profile));

    /// <summary>What no hook reached is said: rules on order and placement know nothing of it.</summary>
    private static IEnumerable<NotChecked> NotSeen(NetworkProfile profile)
    {
        var unseen = profile.Modules.Where(m => m is { IsSeen: false, IsCallable: true } && m.Name.Length > 0).Select(m => $"`{m.Name}` ({m.Type})").ToArray();
        if (unseen.Length > 0 && profile.Calls.Count > 0)
        {
            yield return new NotChecked(
                Places.Module(profile, ""),
                $"what {Words.Names(unseen)} pass on to each other: the module above calls `forward`, which runs no hooks, or does not call them at all; `call` shows them");
        }
    }

    private static Dictionary<string, Severity> Overrides(NetworkCheckOptions options)
    {
        var overrides = new Dictionary<string, Severity>(options.Severities);
        foreach (var id in options.Silence)
            overrides[id] = Severity.None;
        return overrides;
    }
}
