CREATE TABLE "person_mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"user_id" uuid,
	"email_index" text,
	"to_cipher" text,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "person_mails_kind_check" CHECK ("person_mails"."kind" in ('passwordReset', 'passwordChanged', 'confirmEmail', 'emailChangeAsked', 'emailChanged'))
);
--> statement-breakpoint
ALTER TABLE "person_mails" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "password_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "pending_email_cipher" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "pending_email_index" text;--> statement-breakpoint
CREATE INDEX "person_mails_due_idx" ON "person_mails" USING btree ("next_try_at");--> statement-breakpoint
CREATE POLICY "write_only" ON "person_mails" AS PERMISSIVE FOR INSERT TO "app" WITH CHECK (true);