using MLNetDebug.Data;

namespace MLNetDebug.Pipeline;

/// <summary>How ML.NET's trainers learn, by the beginning of their type names.</summary>
internal static class TrainerFamilies
{
    private static readonly (string Prefix, TrainerFamily Family)[] ByPrefix =
    [
        ("FastTree", TrainerFamily.Trees),
        ("FastForest", TrainerFamily.Trees),
        ("LightGbm", TrainerFamily.Trees),
        ("Gam", TrainerFamily.Trees),
        ("AveragedPerceptron", TrainerFamily.StochasticGradient),
        ("OnlineGradientDescent", TrainerFamily.StochasticGradient),
        ("SymbolicSgd", TrainerFamily.StochasticGradient),
        ("Sgd", TrainerFamily.StochasticGradient),
        ("LinearSvm", TrainerFamily.StochasticGradient),
        ("LdSvm", TrainerFamily.StochasticGradient),
        ("FieldAwareFactorizationMachine", TrainerFamily.StochasticGradient),
        ("Sdca", TrainerFamily.DualCoordinateAscent),
        ("Lbfgs", TrainerFamily.QuasiNewton),
        ("KMeans", TrainerFamily.Distance),
        ("NaiveBayes", TrainerFamily.Other),
        ("Prior", TrainerFamily.Other),
        ("RandomizedPca", TrainerFamily.Other),
        ("Ols", TrainerFamily.Other),
        ("MatrixFactorization", TrainerFamily.Other),
    ];

    /// <summary>The family of a trainer's type name; <see cref="TrainerFamily.Unknown"/> for names that are none of ML.NET's.</summary>
    public static TrainerFamily Of(string typeName) =>
        ByPrefix.FirstOrDefault(p => typeName.StartsWith(p.Prefix, StringComparison.Ordinal)).Family;
}
