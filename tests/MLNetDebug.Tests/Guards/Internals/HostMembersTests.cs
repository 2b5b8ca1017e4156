using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Internals;

/// <summary>What is reached by names that are not public: all of it on the ML.NET that is restored, and said where it is not.</summary>
[TestClass]
public sealed class HostMembersTests
{
    [TestMethod]
    public void Nothing_is_missing_of_any_trainers_host_in_this_version()
    {
        var ml = new MLContext(1);
        var hosts = StockTrainers.All.SelectMany(t => TrainerHost.Of(t.Create(ml))).ToArray();
        Assert.IsGreaterThanOrEqualTo(StockTrainers.All.Count - 2, hosts.Length);
        Assert.AreEqual(string.Empty, string.Join(", ", hosts.SelectMany(h => h.Missing).Distinct()));
    }

    [TestMethod]
    public void Every_member_that_is_used_was_found()
    {
        var members = HostMembers.Of(Host(new MLContext(1)).GetType());
        foreach (var part in new object[] { members, members.Progress })
        {
            foreach (var property in part.GetType().GetProperties())
                Assert.IsNotNull(property.GetValue(part), $"{part.GetType().Name}.{property.Name}");
        }

        Assert.AreSame(members, HostMembers.Of(Host(new MLContext(2)).GetType()), "Looked up once for each type.");
    }

    [TestMethod]
    public void Of_another_host_every_member_is_said_to_be_missing()
    {
        var members = HostMembers.Of(typeof(string));
        CollectionAssert.IsSubsetOf(new[] { "String.CancelExecution", "String.IsCanceled", "String.AddListener", "String.RemoveListener", "String.ProgressTracker" }, members.Missing.ToArray());
        Assert.IsNull(members.ToListener((_, _) => { }));
    }

    [TestMethod]
    public void An_unknown_host_is_not_observable_and_breaks_nothing()
    {
        var trainer = new Keeper(DispatchProxy.Create<IHost, Silent>());
        var host = TrainerHost.Of(trainer).Single();
        Assert.IsNotEmpty(host.Missing);
        Assert.IsFalse(host.Cancel());
        host.Revive();
        Assert.IsNull(host.Listen((_, _) => { }));
        Assert.IsNull(host.Now());
        Assert.AreEqual(0, host.Checkpoints);
        Assert.IsEmpty(host.CheckpointsSince(0));
        Assert.IsEmpty(host.ProgressTargets());
    }

    [TestMethod]
    public void A_context_is_nobodys_host()
    {
        var ml = new MLContext(1);
        Assert.IsEmpty(TrainerHost.Of(new Keeper(((IHostEnvironment)ml))));
        Assert.IsEmpty(TrainerHost.Of("no trainer"));
        Assert.IsEmpty(TrainerHost.Of(new Keeper(null)));
    }

    private static IHost Host(MLContext ml) => (IHost)EstimatorChains.EnvironmentOf(ml.Regression.Trainers.Sdca())!;

    private sealed class Keeper(IHostEnvironment? host)
    {
        private readonly IHostEnvironment? _host = host;

        public override string ToString() => $"{_host}";
    }

    /// <summary>Answers nothing to everything.</summary>
    internal class Silent : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => null;
    }
}
