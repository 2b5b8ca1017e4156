namespace MLNetDebug.AutoML.Experiment.Tests;

/// <summary>What AutoML's service provider would give.</summary>
internal sealed class FakeServices(params object[] services) : IServiceProvider
{
    public object? GetService(Type serviceType) => services.FirstOrDefault(serviceType.IsInstanceOfType);
}
