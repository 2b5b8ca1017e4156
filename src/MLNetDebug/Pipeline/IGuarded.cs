namespace MLNetDebug.Pipeline;

/// <summary>An estimator that stands before another one: what is asked of the trainer is asked of the one inside.</summary>
internal interface IGuarded
{
    /// <summary>The estimator inside.</summary>
    object Inner { get; }
}
