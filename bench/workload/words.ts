/**
 * The words that made-up policies and paths consist of: those of ordinary business APIs, so that lengths,
 * shared prefixes and shared endings are what a matcher meets in practice.
 */
export const AREAS: readonly string[] = [
  'crm', 'billing', 'support', 'inventory', 'catalog', 'shipping', 'payroll', 'identity', 'analytics',
  'messaging', 'calendar', 'documents', 'projects', 'marketing', 'compliance', 'procurement', 'storage',
  'search', 'reporting', 'telemetry', 'recruiting', 'learning', 'facilities', 'integrations', 'commerce',
] // prettier-ignore

export const RESOURCES: readonly string[] = [
  'accounts', 'contacts', 'invoices', 'tickets', 'orders', 'products', 'customers', 'employees', 'reports',
  'campaigns', 'messages', 'events', 'files', 'folders', 'tasks', 'teams', 'devices', 'locations', 'vendors',
  'contracts', 'payments', 'refunds', 'subscriptions', 'templates', 'webhooks', 'workflows', 'dashboards',
  'metrics',
] // prettier-ignore

export const PARTS: readonly string[] = [
  'comments', 'attachments', 'history', 'members', 'permissions', 'labels', 'notes', 'versions', 'links',
  'activities', 'addresses', 'settings', 'metadata', 'approvals', 'participants', 'reminders', 'summary',
  'preview', 'archive', 'restore', 'duplicate', 'export', 'status', 'owners', 'watchers', 'translations',
] // prettier-ignore

export const SUFFIXES: readonly string[] = ['.csv', '.pdf', '.zip', '-draft', '_latest']

/** Record types of the small default document. */
export const RECORD_TYPES: readonly string[] = [
  'address', 'attachment', 'bucket', 'calendar', 'comment', 'contact', 'currency', 'custom_field', 'draft',
  'email', 'group', 'message', 'opportunity', 'org', 'project', 'reminder', 'snippet', 'task', 'ticket',
  'time_entry', 'webhook', 'worker',
] // prettier-ignore
