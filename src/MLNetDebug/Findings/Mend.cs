using Microsoft.ML;

namespace MLNetDebug;

/// <summary>A repair that can be applied to a data set.</summary>
/// <param name="Title">One sentence that says what it does.</param>
/// <param name="Code">The C# a user would write to apply it.</param>
public abstract record Mend(string Title, string Code)
{
    /// <summary>Applies the repair to a view of the data the finding was made on.</summary>
    /// <param name="ml">The context to build estimators with.</param>
    /// <param name="data">The data, rows in the order that was checked.</param>
    /// <returns>The repaired view; lazy where it can be.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">The data lacks a column the repair needs, or other rows than were checked.</exception>
    public abstract IDataView Apply(MLContext ml, IDataView data);
}
