using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Decides from a schema and a declaration which columns are read, and as what.</summary>
internal static class SchemaPlanner
{
    /// <summary>Keys up to this count are stored as 32-bit floats, which are exact there.</summary>
    private const ulong ExactSingle = 1UL << 24;

    /// <summary>Vectors of floats with more slots than this are mostly sparse, and are read so that zeros cost nothing.</summary>
    private const int WideFrom = 4_096;

    /// <summary>A vector with more slots than this is not read: its block of rows would not fit in memory.</summary>
    private const int MaxWidth = 1 << 22;

    /// <exception cref="ArgumentException">A declared column is not in the schema.</exception>
    public static RowLayout Plan(DataViewSchema schema, DataDeclaration declaration, string dataName)
    {
        Require(schema, declaration, dataName);
        var features = declaration.Features.ToHashSet(StringComparer.Ordinal);
        var columns = new List<ColumnPlan>();
        foreach (var column in schema.Where(c => !c.IsHidden))
            columns.Add(PlanColumn(column, RoleOf(column.Name, declaration, features), features.Count > 0));
        return RowLayout.Create(columns, declaration.Features);
    }

    private static void Require(DataViewSchema schema, DataDeclaration declaration, string dataName)
    {
        var declared = new[] { (declaration.Label, "label"), (declaration.Group, "group"), (declaration.Weight, "weight"), (declaration.Time, "time") }
            .Concat(declaration.Features.Select(f => ((string?)f, "feature")));
        foreach (var (name, role) in declared)
        {
            if (name is null || schema.GetColumnOrNull(name) is not null)
                continue;
            var there = schema.Where(c => !c.IsHidden).Select(c => $"'{c.Name}'").ToArray();
            var list = there.Length == 0 ? "It has no columns." : $"It has {string.Join(", ", there.Take(20))}{(there.Length > 20 ? ", ..." : string.Empty)}.";
            throw new ArgumentException($"The {dataName} has no column '{name}', declared as {role}. {list}", nameof(declaration));
        }
    }

    /// <summary>A column declared as a feature and as group or time stays a feature; label and weight never are features.</summary>
    private static ColumnRole RoleOf(string name, DataDeclaration declaration, HashSet<string> features) =>
        name == declaration.Label ? ColumnRole.Label
        : name == declaration.Weight ? ColumnRole.Weight
        : features.Contains(name) ? ColumnRole.Feature
        : name == declaration.Group ? ColumnRole.Group
        : name == declaration.Time ? ColumnRole.Time
        : features.Count == 0 ? ColumnRole.Feature
        : ColumnRole.Other;

    private static ColumnPlan PlanColumn(DataViewSchema.Column column, ColumnRole role, bool featuresDeclared)
    {
        var vector = column.Type as VectorDataViewType;
        var item = vector?.ItemType ?? column.Type;
        var kind = ColumnTypes.KindOf(item);
        // Without declared features, a column of an unknown kind is not taken for one.
        if (kind == ColumnKind.NotChecked && role == ColumnRole.Feature && !featuresDeclared)
            role = ColumnRole.Other;
        var plan = new ColumnPlan
        {
            Name = column.Name,
            Index = column.Index,
            Kind = kind,
            TypeText = column.Type.ToString() ?? column.Type.GetType().Name,
            Role = role,
            IsVector = vector is not null,
            IsSingle = item == NumberDataViewType.Single,
            IsNormalized = column.IsNormalized(),
            KeyCount = item is KeyDataViewType { Count: > 0 } key ? key.Count : null,
            HasKeyValues = column.Annotations.Schema.GetColumnOrNull("KeyValues") is not null,
        };
        if (kind == ColumnKind.NotChecked)
            return plan with { NotCheckedReason = $"values of type {plan.TypeText} are not checked" };
        if (role == ColumnRole.Other)
            return plan with { NotCheckedReason = "not a feature; name it among the features to have it checked" };
        if (vector is { Size: 0 })
            return PlanUnknownLength(plan);
        if (vector is { Size: > MaxWidth })
            return plan with { NotCheckedReason = $"its {vector.Size} slots are more than the {MaxWidth} that can be read" };
        if (vector is not null && role != ColumnRole.Feature)
            return plan with { NotCheckedReason = $"a {role.ToString().ToLowerInvariant()} has one value per row, this column is {plan.TypeText}" };

        // The label has an accumulator of its own.
        if (role == ColumnRole.Label)
            return plan;

        var width = vector?.Size ?? 1;
        if (width > WideFrom && item == NumberDataViewType.Single)
        {
            plan = plan with { Width = width, LaneWidth = DataSample.MaxSlots, Lane = Lane.Single, HasCodes = true, CodeWidth = 1 };
            return WithNames(plan, column, width);
        }

        var hasCodes = kind is ColumnKind.Text or ColumnKind.Time || item == NumberDataViewType.Int64 || item == NumberDataViewType.UInt64;
        plan = plan with
        {
            Width = width,
            LaneWidth = width,
            Lane = InSingles(item, kind) ? Lane.Single : Lane.Double,
            HasCodes = hasCodes,
            CodeWidth = hasCodes ? width : 0,
        };
        return vector is null ? plan : WithNames(plan, column, width);
    }

    private static ColumnPlan WithNames(ColumnPlan plan, DataViewSchema.Column column, int width) => plan with
    {
        SlotNames = ColumnAnnotations.SlotNames(column, width),
        CategoricalRanges = ColumnAnnotations.CategoricalRanges(column, width),
    };

    /// <summary>Rows of such a vector have no common slots; they only enter the fingerprint, so that unequal rows stay unequal.</summary>
    private static ColumnPlan PlanUnknownLength(ColumnPlan plan) => plan with
    {
        NotCheckedReason = "its vectors have no fixed length, so that a slot does not mean the same in every row",
        HasCodes = plan.Role == ColumnRole.Feature,
        CodeWidth = plan.Role == ColumnRole.Feature ? 1 : 0,
    };

    private static bool InSingles(DataViewType item, ColumnKind kind) =>
        item == NumberDataViewType.Single || kind is ColumnKind.Boolean or ColumnKind.Text
        || item == NumberDataViewType.Byte || item == NumberDataViewType.SByte
        || item == NumberDataViewType.Int16 || item == NumberDataViewType.UInt16
        || item is KeyDataViewType { Count: > 0 and <= ExactSingle };
}
