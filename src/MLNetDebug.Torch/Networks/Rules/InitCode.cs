namespace MLNetDebug.Torch.Networks;

/// <summary>Code that initialises a weight, by what follows its module.</summary>
internal static class InitCode
{
    /// <summary>Said beside the code: the return is the parameter itself.</summary>
    public const string KeepReturn = "Write `_ =`, not `using var`: what an init function returns is the parameter itself, and disposing it ends the network.";

    private const string Init = "torch.nn.init.";

    public static string For(NetworkFlow flow, ParameterProfile parameter)
    {
        var target = Target(parameter);
        if (parameter.Name.Contains("_hh", StringComparison.Ordinal))
            return $"_ = {Init}orthogonal_({target});";
        return flow.ActivationAfter(parameter.Module) switch
        {
            "" or "sigmoid" or "hardsigmoid" or "softsign" => $"_ = {Init}xavier_uniform_({target});",
            "tanh" or "hardtanh" => $"_ = {Init}xavier_uniform_({target}, {Init}calculate_gain({Init}NonlinearityType.Tanh));",
            "selu" => $"_ = {Init}kaiming_normal_({target}, nonlinearity: {Init}NonlinearityType.Linear);",
            _ => $"_ = {Init}kaiming_uniform_({target});",
        };
    }

    /// <summary>The parameter as code reaches it: by its module's field where every part of the path can be one, else by its name.</summary>
    public static string Target(ParameterProfile parameter) => Target(parameter.Module, parameter.Name);

    /// <inheritdoc cref="Target(ParameterProfile)"/>
    public static string Target(string module, string name) =>
        module.Length > 0 && name[(module.Length + 1)..] is "weight" or "bias" && name.Split('.').All(IsIdentifier) ? name : $"model.get_parameter({Data.Words.Literal(name)})";

    public static bool IsIdentifier(string text) => text.Length > 0 && !char.IsDigit(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c == '_');
}
