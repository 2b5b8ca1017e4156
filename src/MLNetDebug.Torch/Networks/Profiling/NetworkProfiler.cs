using MLNetDebug.Torch.Networks.Losses;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Runs a network once, writes down what it shows, and leaves everything as it was.</summary>
internal static class NetworkProfiler
{
    /// <exception cref="InvalidOperationException">The network could not be run: the message says where and why.</exception>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    public static NetworkProfile Profile(NetworkUnderCheck network)
    {
        network.Options.CancellationToken.ThrowIfCancellationRequested();
        var named = NamedModules(network.Model);
        var parameters = network.Model.named_parameters().Where(p => p.parameter is { IsInvalid: false }).Select(p => (Name: p.name, Parameter: p.parameter)).ToArray();
        using var state = new StateSnapshot(network.Model);
        using var trace = new ForwardTrace(network.Model, named, network.Inputs);
        var output = Run(network, trace);
        try
        {
            var outputId = trace.IdOf(output);
            var (loss, value) = Measure(network, output, outputId);
            value?.Dispose();
            var modules = Modules(named, trace, state);
            state.Restore();
            var byName = modules.ToDictionary(m => m.Name);
            var identities = new ParameterIdentities(parameters);
            var optimizers = network.Optimizers.Select(o => OptimizerReader.Read(o, identities)).ToArray();
            var profiles = ParameterReader.Read(parameters, byName, identities, OptimizerReader.Updates(optimizers, identities));
            network.Options.CancellationToken.ThrowIfCancellationRequested();
            return new NetworkProfile
            {
                Network = network.Model.GetType().Name,
                Modules = modules,
                Calls = trace.Calls,
                Values = [.. trace.Values.Select(v => v.Profile)],
                Parameters = Tried(network, parameters, profiles, byName, loss, state),
                Unregistered = UnregisteredReader.Read(network.Model),
                Optimizers = optimizers,
                Loss = loss,
                Recalibration = Recalibrated(network),
                BatchSize = trace.Values.FirstOrDefault(v => v.Source == ValueSource.Input)?.Facts.Shape.FirstOrDefault() ?? 0,
                DeclaredTies = network.Options.TiedParameters,
            };
        }
        finally
        {
            network.Release(output, trace.Calls.Count > 0);
        }
    }

    private static Tensor Run(NetworkUnderCheck network, ForwardTrace trace)
    {
        Tensor? output;
        try
        {
            output = network.Forward();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw ForwardFailure.Explain(network.Model, trace.Innermost, e);
        }
        finally
        {
            trace.Stop();
        }

        if (trace.Fault is { } fault)
            throw new InvalidOperationException($"The forward pass of {network.Model.GetType().Name} ran, but it could not be followed: {ForwardFailure.OneLine(fault)}", fault);
        return output is { IsInvalid: false } ? output
            : throw new InvalidOperationException($"The forward pass of {network.Model.GetType().Name} returned {(output is null ? "null" : "a tensor that is disposed already")}; it must return the tensor that the loss is given.");
    }

    private static NamedModule[] NamedModules(nn.Module model) =>
        [new NamedModule("", model), .. model.named_modules().Where(m => m.module is not null).Select(m => new NamedModule(m.name, m.module))];

    private static (LossProfile? Loss, Tensor? Value) Measure(NetworkUnderCheck network, Tensor output, int outputId)
    {
        if (network.Loss is null)
            return (null, null);
        var loss = LossMeasurer.Measure(network.Loss, output, network.Target!, out var value) with { InputValue = outputId };
        return (loss, ReferenceEquals(value, output) ? null : value);
    }

    private static ModuleProfile[] Modules(NamedModule[] named, ForwardTrace trace, StateSnapshot state)
    {
        var seen = trace.Calls.Select(c => c.Module).ToHashSet();
        var firstNames = named.DistinctBy(m => m.Module, ReferenceEqualityComparer.Instance).ToDictionary(m => (object)m.Module, m => m.Name, ReferenceEqualityComparer.Instance);
        var (changed, paths) = (state.Changed(), named.Select(m => m.Name).ToHashSet());
        return [.. named.Select(m => ModuleProfiler.Profile(m, paths, seen.Contains(firstNames[m.Module]), trace, state, changed))];
    }

    private static IReadOnlyList<ParameterProfile> Tried(
        NetworkUnderCheck network, (string Name, Parameter Parameter)[] parameters, IReadOnlyList<ParameterProfile> profiles, IReadOnlyDictionary<string, ModuleProfile> modules, LossProfile? loss, StateSnapshot state)
    {
        var suspicious = SymmetryTrials.Suspicious(profiles);
        if (suspicious.Count == 0 || loss is null || loss.Error is not null || !double.IsFinite(loss.Value))
            return profiles;
        try
        {
            var trials = SymmetryTrials.Run(network, parameters, profiles, suspicious, modules);
            return [.. profiles.Select(p => trials.TryGetValue(p.Name, out var trial) ? p with { Trial = trial } : p)];
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // A network that cannot be run twice, or not backwards: the rules say that they could not tell.
            return profiles;
        }
        finally
        {
            state.Restore();
        }
    }

    private static RecalibrationProfile? Recalibrated(NetworkUnderCheck network)
    {
        if (network.Options.Recalibration is not { } data || network.Loss is null)
            return null;
        if (network.Model is not nn.Module<Tensor, Tensor> one)
            throw new ArgumentException($"{nameof(NetworkCheckOptions.Recalibration)} needs a network that takes one tensor and returns one; {network.Model.GetType().Name} does not.");
        try
        {
            return Recalibration.Measure(one, x => HeldTensors.During(() => one.call(x)), network.Loss, data);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException or ArgumentException { ParamName: "data" }))
        {
            throw new InvalidOperationException($"The network could not be run on {nameof(NetworkCheckOptions.Recalibration)}: {ForwardFailure.OneLine(e)}", e);
        }
    }
}
